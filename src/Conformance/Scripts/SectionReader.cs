using System.Globalization;
using HmmSim.Conformance.Traces;
using YamlDotNet.RepresentationModel;

namespace HmmSim.Conformance.Scripts;

/// <summary>Reads the keys of one mapping of a YAML file, and says where it is when one is wrong.</summary>
internal sealed class SectionReader
{
    private const int QuotedAtMost = 40;

    private readonly string _file;
    private readonly YamlMappingNode _node;
    private readonly Dictionary<string, YamlNode> _values = [];

    /// <summary>A mapping that may have these keys and no other.</summary>
    public SectionReader(string file, YamlNode node, string meaning, IEnumerable<string> keys)
    {
        _file = file;
        _node = node as YamlMappingNode ?? throw Error(file, node, $"is no mapping", meaning);
        List<string> known = [.. keys];
        foreach ((YamlNode key, YamlNode value) in _node.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? throw Error(file, key, "is no key", meaning);
            if (!known.Contains(name))
            {
                throw Error(file, key, $"'{Shorten(name)}' is no key here",
                    $"{string.Join(", ", known)}{Spelling.Suggest(name, known)}");
            }

            _values[name] = value;
        }
    }

    public long Line => _node.Start.Line;

    public bool Has(string key) => _values.ContainsKey(key);

    public YamlNode Node(string key, string meaning) => _values.TryGetValue(key, out YamlNode? value) ? value
        : throw Error($"'{key}' is missing", meaning);

    public ScriptFormatException Error(string problem, string expected) => Error(_file, _node, problem, expected);

    public ScriptFormatException Error(string key, string problem, string expected) =>
        Error(_file, _values.GetValueOrDefault(key, _node), problem, expected);

    public string Text(string key, string meaning)
    {
        YamlNode node = Node(key, meaning);
        return node is YamlScalarNode { Value: { Length: > 0 } text } ? text
            : throw Error(_file, node, $"'{key}' is no text", meaning);
    }

    public int Integer(string key, int least, int most, string meaning)
    {
        string text = Text(key, meaning);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            && number <= most
            ? number
            : throw Error(key, $"'{key}' is '{Shorten(text)}'",
                string.Create(CultureInfo.InvariantCulture, $"{meaning}, {least} to {most}"));
    }

    public ulong Value(string key)
    {
        const string Meaning = "the value of a page, a whole number of 64 bits";
        string text = Text(key, Meaning);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw Error(key, $"'{key}' is '{Shorten(text)}'", Meaning);
    }

    public bool Flag(string key)
    {
        string text = Has(key) ? Text(key, "true or false") : "false";
        return text is "true" or "false" ? text == "true" : throw Error(key, $"'{key}' is '{Shorten(text)}'", "true or false");
    }

    /// <summary>One of several words.</summary>
    public T Word<T>(string key, string meaning, IReadOnlyDictionary<string, T> words)
    {
        string text = Text(key, meaning);
        return words.TryGetValue(text, out T? value)
            ? value
            : throw Error(key, $"'{key}' is '{Shorten(text)}'",
                $"{meaning}: {string.Join(", ", words.Keys)}{Spelling.Suggest(text, words.Keys)}");
    }

    /// <summary>The items of a list.</summary>
    public IEnumerable<YamlNode> List(string key, string meaning)
    {
        YamlNode node = Node(key, meaning);
        return node is YamlSequenceNode list ? list.Children : throw Error(_file, node, $"'{key}' is no list", meaning);
    }

    public SectionReader Section(string key, string meaning, params string[] keys) =>
        new(_file, Node(key, meaning), meaning, keys);

    public static ScriptFormatException Error(string file, YamlNode node, string problem, string expected) =>
        new(file, node.Start.Line, node.Start.Column, problem, expected);

    public static string Shorten(string text) => text.Length <= QuotedAtMost ? text : $"{text[..QuotedAtMost]}...";
}
