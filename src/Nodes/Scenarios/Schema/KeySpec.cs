using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>
/// One key of the scenario file: the loader, the JSON schema and the reference page are all made from it, so they cannot disagree.
/// Sizes, spans and rates are bounded in their base unit: bytes, picoseconds, bytes per second.
/// </summary>
public sealed record KeySpec
{
    /// <summary>The word in the file.</summary>
    public required string Name { get; init; }

    /// <summary>What its value may be.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>What it means, in one line.</summary>
    public required string Meaning { get; init; }

    /// <summary>Whether it must be given, here or by a preset.</summary>
    public bool Required { get; init; }

    /// <summary>The value if neither file nor preset gives one, as it would be written; null if there is none.</summary>
    public string? Default { get; init; }

    /// <summary>Where the default comes from: a measurement, a driver, or "assumption".</summary>
    public string? Source { get; init; }

    /// <summary>Smallest value; for lists the smallest length.</summary>
    public long? Minimum { get; init; }

    /// <summary>Largest value; for lists the largest length.</summary>
    public long? Maximum { get; init; }

    /// <summary>The value must be a multiple of this.</summary>
    public long? MultipleOf { get; init; }

    /// <summary>The words, or the sizes, that are allowed; empty for all.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The patterns of a stream that have the key; empty for all.</summary>
    public ImmutableArray<string> Patterns { get; init; } = [];

    /// <summary>What a reference may name, in words: "processor", "buffer".</summary>
    public string? Target { get; init; }

    /// <summary>The keys inside, for sections and lists of sections.</summary>
    public SectionSpec? Section { get; init; }
}
