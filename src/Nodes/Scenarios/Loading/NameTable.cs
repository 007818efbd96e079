namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>All names of a scenario: finds duplicates and resolves references.</summary>
internal sealed class NameTable(ProblemList problems)
{
    private static readonly NameKind[] NodeKinds = [NameKind.Cpu, NameKind.Device, NameKind.Switch];

    private readonly List<(string Name, NameKind Kind, SourceMark Mark)> _names = [];

    /// <summary>
    /// Whether names are missing because of a problem that was noted. A reference to a name that does not exist is then probably
    /// right, and is not told as a problem of its own.
    /// </summary>
    public bool Incomplete { get; set; }

    /// <summary>Notes a name; CPUs, devices and switches share one set of names, every other kind has its own.</summary>
    public void Add(NameKind kind, string? name, SourceMark mark)
    {
        if (name is null)
        {
            // The section told that it has no usable name.
            Incomplete = true;
            return;
        }

        NameKind[] rivals = NodeKinds.Contains(kind) ? NodeKinds : [kind];
        foreach ((string other, NameKind otherKind, SourceMark first) in _names)
        {
            if (other == name && rivals.Contains(otherKind))
            {
                problems.Add(mark, $"the name '{name}' is taken by the {Word(otherKind)} in line {first.Line}", "a name of its own");
                Incomplete = true;
                return;
            }
        }

        _names.Add((name, kind, mark));
    }

    /// <summary>The kind of a CPU, device or switch of that name; null if there is none.</summary>
    public NameKind? NodeKind(string? name)
    {
        foreach ((string other, NameKind kind, _) in _names)
        {
            if (other == name && NodeKinds.Contains(kind))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Where the name of a CPU, device or switch stands.</summary>
    public SourceMark MarkOfNode(string name) => _names.Find(entry => entry.Name == name && NodeKinds.Contains(entry.Kind)).Mark;

    /// <summary>Checks that a name stands for what a reference asks for: "processor", "CPU", "node", "buffer" or "stream".</summary>
    public bool Resolve(string? name, string target, string key, SourceMark mark)
    {
        if (name is null)
        {
            return false;
        }

        NameKind[] kinds = target switch
        {
            "processor" => [NameKind.Cpu, NameKind.Device],
            "CPU" => [NameKind.Cpu],
            "node" => NodeKinds,
            "buffer" => [NameKind.Buffer],
            _ => [NameKind.Stream],
        };
        if (_names.Exists(entry => entry.Name == name && kinds.Contains(entry.Kind)))
        {
            return true;
        }

        if (Incomplete && !_names.Exists(entry => entry.Name == name))
        {
            return false;
        }

        List<string> candidates = [.. _names.Where(entry => kinds.Contains(entry.Kind)).Select(entry => entry.Name)];
        int at = _names.FindIndex(entry => entry.Name == name);
        string problem = at >= 0 ? $"'{key}' names '{name}', which is a {Word(_names[at].Kind)}" : $"'{key}' names '{name}', which does not exist";
        string all = candidates.Count == 0 ? $"a {target}, and there is none" : $"a {target}: {string.Join(", ", candidates.Take(12))}";
        problems.Add(mark, problem, all, Spelling.Nearest(name, candidates));
        return false;
    }

    private static string Word(NameKind kind) => kind == NameKind.Cpu ? "CPU" : kind.ToString().ToLowerInvariant();
}
