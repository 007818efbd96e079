using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>Short forms of <see cref="KeySpec"/> for the tables.</summary>
internal static class Key
{
    // Limits that only keep arithmetic exact: the longest span is about 17 minutes of virtual time, the largest memory 64 TiB.
    private const long LongestSpan = 1_000_000_000_000_000;
    private const long LargestMemory = 1L << 46;

    public static KeySpec Name(string what) =>
        new() { Name = "name", Kind = ValueKind.Name, Required = true, Meaning = "name of " + what };

    public static KeySpec Span(string name, string meaning, long minimum) =>
        new() { Name = name, Kind = ValueKind.Duration, Minimum = minimum, Maximum = LongestSpan, Meaning = meaning };

    public static KeySpec Count(string name, string meaning, long maximum) =>
        new() { Name = name, Kind = ValueKind.Integer, Minimum = 1, Maximum = maximum, Meaning = meaning };

    public static KeySpec Choice(string name, string meaning, ImmutableArray<string> choices) =>
        new() { Name = name, Kind = ValueKind.Choice, Choices = choices, Meaning = meaning };

    public static KeySpec Reference(string name, string target, string meaning) =>
        new() { Name = name, Kind = ValueKind.Reference, Target = target, Meaning = meaning };

    public static KeySpec Size(string name, string meaning, long minimum, long multipleOf) =>
        new() { Name = name, Kind = ValueKind.Size, Minimum = minimum, Maximum = LargestMemory, MultipleOf = multipleOf, Meaning = meaning };

    public static KeySpec Rate(string name, string meaning) =>
        new() { Name = name, Kind = ValueKind.Bandwidth, Minimum = 1_000, Maximum = 1_000_000_000_000_000, Meaning = meaning };

    public static KeySpec Granularity(string name, string meaning) => new()
    {
        Name = name, Kind = ValueKind.Size, Choices = ["4KiB", "64KiB", "2MiB"], Default = "64KiB", Meaning = meaning,
        Source = "nvidia-uvm grows a fault to its 64 KiB big page",
    };

    public static KeySpec PresetKey(ImmutableArray<Preset> presets) =>
        Choice("preset", "a product whose values hold where the file gives none", [.. presets.Select(preset => preset.Name)]);

    public static KeySpec Sections(string name, SectionSpec section, long atLeast, string meaning) =>
        new() { Name = name, Kind = ValueKind.Sections, Section = section, Minimum = atLeast, Maximum = 4096, Meaning = meaning };
}
