using System.Collections.Immutable;

namespace HmmSim.Cli;

/// <summary>What the user asked <c>hmmsim conform</c> for.</summary>
internal sealed record ConformRequest
{
    /// <summary>The trace files.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The one script to replay; null for all.</summary>
    public required string? Only { get; init; }

    /// <summary>Go on after a script that does not pass.</summary>
    public required bool KeepGoing { get; init; }
}
