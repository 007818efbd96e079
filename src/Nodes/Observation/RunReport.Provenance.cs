using System.Collections.Immutable;

namespace HmmSim.Nodes.Observation;

/// <summary>What it takes to get a result again.</summary>
public sealed record RunProvenance
{
    /// <summary>Name of the scenario.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>The file as the user named it.</summary>
    public required string ScenarioFile { get; init; }

    /// <summary>Digest of the scenario as it ran, the seed included.</summary>
    public required string ScenarioDigest { get; init; }

    /// <summary>The seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Git commit the program was built from; null if it was built without git.</summary>
    public required string? GitCommit { get; init; }

    /// <summary>Name and arguments of the program.</summary>
    public required ImmutableArray<string> CommandLine { get; init; }
}
