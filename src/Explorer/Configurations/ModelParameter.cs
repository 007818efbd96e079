using System.Collections.Immutable;
using System.Globalization;

namespace HmmSim.Explorer.Configurations;

/// <summary>One parameter of a <see cref="IModelFamily"/>: a whole number in a range, or one of a few words.</summary>
public sealed record ModelParameter
{
    private ModelParameter()
    {
    }

    /// <summary>What a configuration calls it.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for people.</summary>
    public required string Meaning { get; init; }

    /// <summary>The value that a configuration need not give.</summary>
    public required string Default { get; init; }

    /// <summary>The words it may be; empty for a number.</summary>
    public ImmutableArray<string> Choices { get; private init; } = [];

    /// <summary>The least number.</summary>
    public int Minimum { get; private init; }

    /// <summary>The greatest number.</summary>
    public int Maximum { get; private init; }

    /// <summary>Whether a smaller number makes a smaller system, so that shrinking tries one.</summary>
    public bool IsSize { get; private init; }

    /// <summary>What it accepts, in words that follow "expected".</summary>
    public string Expected => Choices.IsEmpty
        ? $"a whole number from {Minimum} to {Maximum}"
        : $"one of {string.Join(", ", Choices)}";

    /// <summary>A number that says how large the system is.</summary>
    public static ModelParameter Size(string name, string meaning, int preset, int minimum, int maximum) =>
        Number(name, meaning, preset, minimum, maximum) with { IsSize = true };

    /// <summary>A number.</summary>
    public static ModelParameter Number(string name, string meaning, int preset, int minimum, int maximum) => new()
    {
        Name = name,
        Meaning = meaning,
        Default = preset.ToString(CultureInfo.InvariantCulture),
        Minimum = minimum,
        Maximum = maximum,
    };

    /// <summary>A choice among words; the first is the default.</summary>
    public static ModelParameter Choice(string name, string meaning, params ImmutableArray<string> choices) => new()
    {
        Name = name,
        Meaning = meaning,
        Default = choices[0],
        Choices = choices,
    };

    /// <summary>
    /// A choice among the members of an enum, written in lower case with underscores; the first is the default.
    /// </summary>
    public static ModelParameter Choice<TEnum>(string name, string meaning)
        where TEnum : struct, Enum => Choice(name, meaning, [.. Enum.GetValues<TEnum>().Select(EnumWord.Of)]);

    /// <summary>Whether a text is a value of this parameter.</summary>
    public bool Accepts(string text) => Choices.IsEmpty
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= Minimum
            && number <= Maximum
        : Choices.Contains(text);
}
