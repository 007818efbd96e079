namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>How long the cluster waits before it draws conclusions. In real time: virtual time knows none of this.</summary>
public sealed record ClusterTimings
{
    /// <summary>How often members tell each other that they live.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Silence of a member that is forgiven: a busy or swapping machine can take seconds.</summary>
    public TimeSpan AcceptablePause { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long a member stays unreachable before it is removed and its work is done elsewhere.</summary>
    public TimeSpan RemoveAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a process tries to join.</summary>
    public TimeSpan JoinTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a member of a run waits for another member before it gives up. The last resort: it bounds every hang.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
