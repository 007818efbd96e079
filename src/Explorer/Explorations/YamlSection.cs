using System.Globalization;
using HmmSim.Explorer.Configurations;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HmmSim.Explorer.Explorations;

/// <summary>A mapping of a YAML file, read strictly: unknown keys and wrong values become problems with their place.</summary>
internal sealed class YamlSection
{
    private readonly string _name;
    private readonly List<InputProblem> _problems;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    /// <param name="node">The node, which should be a mapping.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="keys">The keys it may have; none for any.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public YamlSection(YamlNode node, string name, IReadOnlyList<string> keys, List<InputProblem> problems)
    {
        _name = name;
        _problems = problems;
        Node = node;
        if (node is not YamlMappingNode mapping)
        {
            Add(node, $"the {name} is {Describe(node)}", "keys with values");
            return;
        }

        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } text })
            {
                Add(key, $"a key is {Describe(key)}", "a word");
            }
            else if (keys.Count > 0 && !keys.Contains(text))
            {
                Add(key, $"the {name} has no key '{text}'", $"one of {string.Join(", ", keys)}", NearestWord.Of(text, keys));
            }
            else
            {
                _values[text] = value;
            }
        }
    }

    /// <summary>The mapping itself.</summary>
    public YamlNode Node { get; }

    /// <summary>Keys and values in the order of the file.</summary>
    public IEnumerable<KeyValuePair<string, YamlNode>> Entries => _values;

    /// <summary>The node of a key, or the mapping if there is none: where to say that something is wrong.</summary>
    public YamlNode NodeOf(string key) => _values.GetValueOrDefault(key, Node);

    /// <summary>The text of a key; null if it is missing or no text.</summary>
    public string? Text(string key) => _values.TryGetValue(key, out YamlNode? node) ? TextOf(node, $"'{key}'") : null;

    /// <summary>The text of a key that must be there; empty after a problem.</summary>
    public string RequiredText(string key, string expected)
    {
        if (!_values.ContainsKey(key))
        {
            Add(Node, $"the {_name} has no '{key}'", expected);
        }

        return Text(key) ?? "";
    }

    /// <summary>The whole number of a key; null if it is missing or wrong.</summary>
    public long? Number(string key, long minimum, long maximum)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= minimum
            && number <= maximum)
        {
            return number;
        }

        Add(_values[key], $"'{key}' is '{text}'", $"a whole number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>The member that a key names; null if it is missing or wrong.</summary>
    public TEnum? Word<TEnum>(string key)
        where TEnum : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (EnumWord.Find<TEnum>(text) is { } member)
        {
            return member;
        }

        IReadOnlyList<string> words = EnumWord.All<TEnum>();
        Add(_values[key], $"'{key}' is '{text}'", $"one of {string.Join(", ", words)}", NearestWord.Of(text, words));
        return null;
    }

    /// <summary>The mapping of a key; null if it is missing.</summary>
    public YamlSection? Section(string key, params string[] keys) =>
        _values.TryGetValue(key, out YamlNode? node) ? new YamlSection(node, $"section '{key}'", keys, _problems) : null;

    /// <summary>The texts of a list; empty after a problem.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (_values[key] is YamlSequenceNode list)
        {
            return [.. list.Children.Select(item => TextOf(item, $"an item of '{key}'") ?? "")];
        }

        Add(_values[key], $"'{key}' is {Describe(_values[key])}", "a list such as [touch 0, evict 0]");
        return [];
    }

    /// <summary>Notes a problem.</summary>
    public void Add(YamlNode node, string problem, string expected, string? guess = null) =>
        Add(node, InputProblem.Compose(problem, expected, guess));

    /// <summary>Notes a problem whose message is complete.</summary>
    public void Add(YamlNode node, string message) => _problems.Add(At(node.Start, message));

    /// <summary>A problem at a place of a file.</summary>
    public static InputProblem At(Mark mark, string message) =>
        new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column), message);

    private static string Describe(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } text } => $"'{text}'",
        YamlScalarNode => "nothing",
        YamlSequenceNode => "a list",
        _ => "keys with values",
    };

    private string? TextOf(YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return text;
        }

        Add(node, $"{what} is {Describe(node)}", "a single value");
        return null;
    }
}
