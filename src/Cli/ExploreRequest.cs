using System.Collections.Immutable;
using HmmSim.Explorer.Explorations;

namespace HmmSim.Cli;

/// <summary>What the user asked <c>hmmsim explore</c> for. What is null is as the race file says.</summary>
internal sealed record ExploreRequest
{
    /// <summary>The race file; null for the catalogue.</summary>
    public required string? File { get; init; }

    /// <summary>The folder of race files that the catalogue consists of.</summary>
    public required string Catalogue { get; init; }

    /// <summary>The engine.</summary>
    public required EngineKind? Engine { get; init; }

    /// <summary>The seed of the random engines.</summary>
    public required long? Seed { get; init; }

    /// <summary>Number of threads.</summary>
    public required int? Workers { get; init; }

    /// <summary>The most states.</summary>
    public required long? States { get; init; }

    /// <summary>The most wall-clock time, in seconds.</summary>
    public required int? Seconds { get; init; }

    /// <summary>The most memory of the store, in MiB.</summary>
    public required int? MemoryMebibytes { get; init; }

    /// <summary>Assemblies with models of the user.</summary>
    public required ImmutableArray<string> Plugins { get; init; }

    /// <summary>The folder of the reports; null for <c>results/race-NAME</c>.</summary>
    public required string? Folder { get; init; }

    /// <summary>Where a search that is ended early is kept.</summary>
    public required string? Checkpoint { get; init; }

    /// <summary>Whether to go on from <see cref="Checkpoint"/>.</summary>
    public required bool Resume { get; init; }

    /// <summary>Whether to leave the system of a violation as large as it is.</summary>
    public required bool NoShrink { get; init; }
}
