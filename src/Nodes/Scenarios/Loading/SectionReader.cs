using System.Collections.Immutable;
using HmmSim.Nodes.Scenarios.Schema;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>
/// Reads one mapping by its table of keys: refuses keys it does not know, misses those it needs, and gives each value from the
/// file, else from the preset, else from the table.
/// </summary>
internal sealed class SectionReader
{
    private readonly SectionSpec _spec;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly Preset? _preset;
    private readonly string? _pattern;
    private readonly bool _broken;

    public SectionReader(YamlNode node, SectionSpec spec, ProblemList problems)
    {
        _spec = spec;
        _problems = problems;
        Mark = node.Mark;
        if (node.Kind != YamlNodeKind.Mapping)
        {
            problems.Add(node.Mark, $"a {spec.Name} cannot be {node.Describe()}", "keys with values such as " + spec.Keys[0].Name);
            _broken = true;
            return;
        }

        foreach ((YamlNode key, YamlNode value) in node.Entries)
        {
            _values.TryAdd(key.Text, value);
        }

        _preset = ReadPreset();
        _pattern = ReadPattern();
        CheckKeys(node);
    }

    /// <summary>Where the section begins.</summary>
    public SourceMark Mark { get; }

    /// <summary>The access pattern of a stream; null for other sections and if it cannot be read.</summary>
    public string? Pattern => _pattern;

    /// <summary>Whether the file itself gives the key.</summary>
    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>Where the value of a key stands, or the section if the file does not give it.</summary>
    public SourceMark MarkOf(string key) => _values.TryGetValue(key, out YamlNode? node) ? node.Mark : Mark;

    /// <summary>The value of a scalar key; the type's default after a problem and for a key without any value.</summary>
    public T? Value<T>(string key)
    {
        KeySpec spec = _spec[key];
        return Node(spec) is { } node && ScalarReader.Read(spec, node, _problems) is { } value ? (T)value : default;
    }

    /// <summary>The value of an integer key that fits 32 bits by its range.</summary>
    public int Integer(string key) => (int)Value<long>(key);

    /// <summary>The enum member that a choice names.</summary>
    public TEnum Word<TEnum>(string key)
        where TEnum : struct, Enum => EnumWords.Parse<TEnum>(Value<string>(key) ?? "");

    /// <summary>The nodes of a list, at least and at most as many as its key allows; empty if it is not given.</summary>
    public ImmutableArray<YamlNode> List(string key)
    {
        KeySpec spec = _spec[key];
        if (!_values.TryGetValue(key, out YamlNode? node))
        {
            return [];
        }

        if (node.Kind != YamlNodeKind.Sequence)
        {
            _problems.Add(node.Mark, $"'{key}' has {node.Describe()}", ScalarReader.Expected(spec));
            return [];
        }

        if (node.Items.Count < spec.Minimum || node.Items.Count > spec.Maximum)
        {
            string count = spec.Minimum == spec.Maximum ? $"{spec.Minimum}" : $"{spec.Minimum} to {spec.Maximum}";
            _problems.Add(node.Mark, $"'{key}' has {node.Items.Count} items", count);
            return [];
        }

        return [.. node.Items];
    }

    /// <summary>The nested section of a key; null after a problem.</summary>
    public SectionReader? Section(string key) =>
        _values.TryGetValue(key, out YamlNode? node) ? new SectionReader(node, _spec[key].Section!, _problems) : null;

    private YamlNode? Node(KeySpec key)
    {
        if (_values.TryGetValue(key.Name, out YamlNode? node))
        {
            return node;
        }

        string? text = _preset?.Values.FirstOrDefault(value => value.Key == key.Name)?.Text ?? key.Default;
        return text is null ? null : new YamlNode(YamlNodeKind.Scalar, Mark) { Text = text, Quoted = key.Kind == ValueKind.Text };
    }

    private Preset? ReadPreset()
    {
        if (_spec.Presets.IsEmpty || !_values.TryGetValue("preset", out YamlNode? node))
        {
            return null;
        }

        string? name = (string?)ScalarReader.Read(_spec["preset"], node, _problems);
        // After a misspelt preset the values it would have set are not missed as well.
        return _spec.Presets.FirstOrDefault(preset => preset.Name == name) ?? _spec.Presets[0];
    }

    private string? ReadPattern() =>
        _spec.Keys.Any(key => !key.Patterns.IsEmpty) && _values.TryGetValue("pattern", out YamlNode? node)
            ? (string?)ScalarReader.Read(_spec["pattern"], node, new ProblemList())
            : null;

    private void CheckKeys(YamlNode node)
    {
        foreach ((YamlNode key, _) in node.Entries)
        {
            CheckKey(key);
        }

        foreach (KeySpec key in _spec.Keys.Where(key => key.Required && BelongsHere(key) && !_broken))
        {
            if (Node(key) is null)
            {
                _problems.Add(Mark, $"the {_spec.Name} has no '{key.Name}'", ScalarReader.Expected(key));
            }
        }

        foreach (KeyAlternatives alternatives in _spec.Alternatives)
        {
            CheckAlternatives(alternatives);
        }
    }

    private void CheckKey(YamlNode key)
    {
        KeySpec? spec = _spec.Keys.FirstOrDefault(candidate => candidate.Name == key.Text);
        if (spec is null)
        {
            IEnumerable<string> known = _spec.Keys.Where(BelongsHere).Select(candidate => candidate.Name);
            string? guess = Spelling.Nearest(key.Text, known);
            string? expected = guess is null ? "one of " + string.Join(", ", known) : null;
            _problems.Add(key.Mark, $"a {_spec.Name} has no key {key.Describe()}", expected, guess);
        }
        else if (_pattern is not null && !BelongsHere(spec))
        {
            _problems.Add(key.Mark, $"the pattern '{_pattern}' has no key '{key.Text}'", "it only with " + string.Join(", ", spec.Patterns));
        }
    }

    // Without a readable pattern no key can be said to be missing or wrong.
    private bool BelongsHere(KeySpec key) => key.Patterns.IsEmpty || (_pattern is not null && key.Patterns.Contains(_pattern));

    private void CheckAlternatives(KeyAlternatives alternatives)
    {
        int complete = alternatives.Groups.Count(group => group.All(Has));
        bool mixed = alternatives.Exclusive && alternatives.Groups.Count(group => group.Any(Has)) > 1;
        if (complete == 0 || mixed)
        {
            _problems.Add(Mark, $"the {_spec.Name} {(mixed ? "mixes keys that exclude each other" : "is not complete")}", alternatives.Describe());
        }
    }
}
