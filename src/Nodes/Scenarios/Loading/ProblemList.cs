namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>Gathers all problems of one file, so that a user sees them at once.</summary>
internal sealed class ProblemList
{
    private readonly List<ScenarioProblem> _problems = [];

    /// <summary>Whether anything was wrong so far.</summary>
    public bool Any => _problems.Count > 0;

    /// <summary>Problems noted so far.</summary>
    public int Count => _problems.Count;

    /// <summary>Notes a problem; <paramref name="expected"/> and <paramref name="guess"/> go in brackets behind the message.</summary>
    public void Add(SourceMark mark, string message, string? expected = null, string? guess = null)
    {
        string hint = guess is null ? "" : $"did you mean '{guess}'?";
        string wanted = expected is null ? "" : $"expected {expected}";
        string brackets = string.Join("; ", new[] { wanted, hint }.Where(part => part.Length > 0));
        _problems.Add(new ScenarioProblem(mark, brackets.Length == 0 ? message : $"{message} ({brackets})"));
    }

    /// <summary>Throws if there are problems; they come in the order of the file.</summary>
    /// <exception cref="ScenarioException">There are problems.</exception>
    public void ThrowIfAny(string file)
    {
        if (Any)
        {
            throw new ScenarioException(file, [.. _problems.OrderBy(problem => problem.Mark)]);
        }
    }
}
