using HmmSim.Nodes.Checkpoints;

namespace HmmSim.Nodes.Scenarios;

/// <summary>How to run: nothing here changes a result, only the speed.</summary>
public sealed record RunOptions
{
    /// <summary>Most lanes a run may have.</summary>
    public const int LanesAtMost = 64;

    /// <summary>Threads that carry actors in virtual-time order, 1 to <see cref="LanesAtMost"/>.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Checkpoints to take and to go on from; null for none.</summary>
    public CheckpointSettings? Checkpoints { get; init; }
}
