using System.Collections.Immutable;

namespace HmmSim.Cli;

/// <summary>What the user asked <c>hmmsim sweep</c> for.</summary>
internal sealed record SweepRequest
{
    /// <summary>The scenario file.</summary>
    public required string File { get; init; }

    /// <summary>The folder for all results; null for the default.</summary>
    public required string? Folder { get; init; }

    /// <summary>One run for each.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>Threads that carry each simulation.</summary>
    public required int Lanes { get; init; }

    /// <summary>Name and arguments of the program.</summary>
    public required ImmutableArray<string> CommandLine { get; init; }
}
