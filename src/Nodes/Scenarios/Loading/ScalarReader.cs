using System.Globalization;
using HmmSim.Nodes.Scenarios.Schema;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>Turns one scalar into the value its key asks for, and checks type, unit and range.</summary>
internal static class ScalarReader
{
    private const int NameLengthAtMost = 64;

    /// <summary>The value, or null after noting the problem.</summary>
    public static object? Read(KeySpec key, YamlNode node, ProblemList problems)
    {
        if (node.Kind != YamlNodeKind.Scalar || node.IsNull)
        {
            problems.Add(node.Mark, $"'{key.Name}' has {node.Describe()}", Expected(key));
            return null;
        }

        return key.Kind switch
        {
            ValueKind.Text => node.Text,
            ValueKind.File => node.Text.Length > 0 ? node.Text : Refuse(key, node, problems, Expected(key)),
            ValueKind.Name or ValueKind.Reference or ValueKind.References => IsName(node.Text) ? node.Text : Refuse(key, node, problems, Expected(key)),
            ValueKind.Boolean => ReadBoolean(key, node, problems),
            ValueKind.Choice => ReadChoice(key, node, problems),
            ValueKind.Seed => !node.Quoted && ulong.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
                ? seed
                : Refuse(key, node, problems, Expected(key)),
            ValueKind.Integer => ReadInteger(key, node, problems),
            ValueKind.Size => ByteSize.TryParse(node.Text, out ByteSize size, out string problem)
                ? InRange(key, node, problems, size.Bytes) ? size : null
                : Refuse(key, node, problems, problem),
            ValueKind.Duration => DurationText.TryParse(node.Text, out VirtualDuration span, out string problem)
                ? InRange(key, node, problems, span.Picoseconds) ? span : null
                : Refuse(key, node, problems, problem),
            ValueKind.Bandwidth => Bandwidth.TryParse(node.Text, out Bandwidth rate, out string problem)
                ? InRange(key, node, problems, rate.BytesPerSecond) ? rate : null
                : Refuse(key, node, problems, problem),
            ValueKind.Section or ValueKind.Sections => throw new ArgumentException($"'{key.Name}' is not a scalar", nameof(key)),
        };
    }

    /// <summary>What a key accepts, in words that follow "expected".</summary>
    public static string Expected(KeySpec key) => key.Kind switch
    {
        ValueKind.Text => "a text",
        ValueKind.File => "a path relative to the scenario file",
        ValueKind.Name => $"a name: a letter, then letters, digits, '_', '-' or '.', at most {NameLengthAtMost}",
        ValueKind.Reference => $"the name of a {key.Target}",
        ValueKind.References => key.Minimum == key.Maximum ? $"a list of {key.Minimum} {key.Target} names" : $"a list of {key.Target} names",
        ValueKind.Boolean => "true or false",
        ValueKind.Choice => "one of " + string.Join(", ", key.Choices),
        ValueKind.Seed => "a whole number from 0 to 18446744073709551615",
        ValueKind.Integer => $"a whole number from {key.Minimum} to {key.Maximum}",
        ValueKind.Size => key.Choices.IsEmpty ? "a size such as 64MiB" : "one of " + string.Join(", ", key.Choices),
        ValueKind.Duration => "a time such as 45us",
        ValueKind.Bandwidth => "a rate such as 12GB/s",
        ValueKind.Section => "keys with values",
        ValueKind.Sections => $"a list, each item with its own keys such as '- {key.Section!.Keys[0].Name}: ...'",
    };

    /// <summary>A bound of a key in the key's unit.</summary>
    public static string Bound(KeySpec key, long bound) => key.Kind switch
    {
        ValueKind.Size => new ByteSize(bound).ToString(),
        ValueKind.Duration => DurationText.Format(new VirtualDuration(bound)),
        ValueKind.Bandwidth => new Bandwidth(bound).ToString(),
        _ => bound.ToString(CultureInfo.InvariantCulture),
    };

    private static bool IsName(string text) =>
        text.Length is > 0 and <= NameLengthAtMost && char.IsAsciiLetter(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');

    private static object? ReadBoolean(KeySpec key, YamlNode node, ProblemList problems) => node switch
    {
        { Quoted: false, Text: "true" } => true,
        { Quoted: false, Text: "false" } => false,
        _ => Refuse(key, node, problems, Expected(key)),
    };

    private static string? ReadChoice(KeySpec key, YamlNode node, ProblemList problems)
    {
        if (key.Choices.Contains(node.Text))
        {
            return node.Text;
        }

        problems.Add(node.Mark, $"'{key.Name}' is {node.Describe()}", Expected(key), Spelling.Nearest(node.Text, key.Choices));
        return null;
    }

    private static object? ReadInteger(KeySpec key, YamlNode node, ProblemList problems)
    {
        bool parsed = long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && !node.Quoted;
        return parsed && number >= key.Minimum && number <= key.Maximum ? number : Refuse(key, node, problems, Expected(key));
    }

    private static bool InRange(KeySpec key, YamlNode node, ProblemList problems, long value)
    {
        string? expected = value < key.Minimum ? $"at least {Bound(key, key.Minimum.Value)}"
            : value > key.Maximum ? $"at most {Bound(key, key.Maximum.Value)}"
            : key.MultipleOf is { } unit && value % unit != 0 ? $"a multiple of {Bound(key, unit)}"
            : !key.Choices.IsEmpty && !key.Choices.Contains(Bound(key, value)) ? Expected(key)
            : null;
        return expected is null || Refuse(key, node, problems, expected) is not null;
    }

    private static object? Refuse(KeySpec key, YamlNode node, ProblemList problems, string expected)
    {
        problems.Add(node.Mark, $"'{key.Name}' is {node.Describe()}", expected);
        return null;
    }
}
