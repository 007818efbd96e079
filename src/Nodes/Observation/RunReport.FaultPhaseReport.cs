using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Observation;

/// <summary>How long one phase took, over all faults of the run.</summary>
public sealed record FaultPhaseReport
{
    /// <summary>The phase.</summary>
    public required FaultPhase Phase { get; init; }

    /// <summary>Faults that went through it.</summary>
    public required long Count { get; init; }

    /// <summary>Half of them took no longer.</summary>
    public required VirtualDuration P50 { get; init; }

    /// <summary>95 of 100 took no longer.</summary>
    public required VirtualDuration P95 { get; init; }

    /// <summary>99 of 100 took no longer.</summary>
    public required VirtualDuration P99 { get; init; }

    /// <summary>The longest.</summary>
    public required VirtualDuration Max { get; init; }
}
