using System.Collections.Immutable;

namespace HmmSim.Cli;

/// <summary>What the user asked <c>hmmsim run</c> for.</summary>
internal sealed record RunRequest
{
    /// <summary>The scenario file; null for the scenario of the checkpoint to go on from.</summary>
    public required string? File { get; init; }

    /// <summary>The result folder; null for the default.</summary>
    public required string? Folder { get; init; }

    /// <summary>The seed; null for the file's.</summary>
    public required ulong? Seed { get; init; }

    /// <summary>Threads that carry the simulation.</summary>
    public required int Lanes { get; init; }

    /// <summary>Checkpoints to take and to go on from.</summary>
    public CheckpointRequest Checkpoints { get; init; } = CheckpointRequest.None;

    /// <summary>Name and arguments of the program.</summary>
    public required ImmutableArray<string> CommandLine { get; init; }
}
