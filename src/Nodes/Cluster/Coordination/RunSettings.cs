using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Placement;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>How a run is spread over a cluster: nothing here changes a result.</summary>
public sealed record RunSettings
{
    /// <summary>The rule that places hosts on members.</summary>
    public IHostPlacement Placement { get; init; } = HostPlacements.Default;

    /// <summary>Lanes of each member.</summary>
    public int LanesPerMember { get; init; } = 1;

    /// <summary>Checkpoints to take and to go on from; null for none.</summary>
    public CheckpointSettings? Checkpoints { get; init; }

    /// <summary>Longest wait of one member for another one.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait for members that prepare or end a run.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a run is begun at most; each time after the first because a member was lost.</summary>
    public int AttemptsAtMost { get; init; } = 10;
}
