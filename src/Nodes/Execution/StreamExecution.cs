using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Execution;

/// <summary>One stream of a scenario while it runs on its processor.</summary>
internal sealed class StreamExecution
{
    /// <summary>Name in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>Position among all streams of the scenario.</summary>
    public required int Number { get; init; }

    /// <summary>Its warps.</summary>
    public required IReadOnlyList<Warp> Warps { get; init; }

    /// <summary>Computing time of one access.</summary>
    public required VirtualDuration TimePerAccess { get; init; }

    /// <summary>What its faults ask for.</summary>
    public required FaultAction FaultAction { get; init; }

    /// <summary>Delay from the run's start, or from the end of the last stream it waits for.</summary>
    public required VirtualDuration StartDelay { get; init; }

    /// <summary>Numbers of the streams it waits for.</summary>
    public required IReadOnlyList<int> DependsOn { get; init; }

    /// <summary>How many of them have not ended.</summary>
    public int WaitsFor { get; set; }

    /// <summary>Latest end of a stream it waited for.</summary>
    public VirtualTime DependenciesEnded { get; set; }

    /// <summary>Warps that have not ended.</summary>
    public int WarpsLeft { get; set; }

    /// <summary>When its last warp ended; meaningful once none is left.</summary>
    public VirtualTime EndedAt { get; set; }

    /// <summary>The buffer it unmaps instead of accessing anything, or null.</summary>
    public PageRange? Unmaps { get; init; }
}
