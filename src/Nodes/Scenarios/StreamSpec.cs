using System.Collections.Immutable;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Scenarios;

/// <summary>A sequence of accesses that one processor performs.</summary>
public sealed record StreamSpec
{
    /// <summary>Name of the stream, unique among streams.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the processor that performs it.</summary>
    public required string Processor { get; init; }

    /// <summary>Which places it visits, in which order.</summary>
    public required AccessPattern Pattern { get; init; }

    /// <summary>Concurrent threads of the stream that share its work, each stalled alone by a fault; at least 1.</summary>
    public required int Warps { get; init; }

    /// <summary>Consecutive pages one warp takes before the next warp's share begins, at least 1; used by sequential streams.</summary>
    public required int PagesPerTurn { get; init; }

    /// <summary>Computing time between two accesses of one warp; above zero.</summary>
    public required VirtualDuration TimePerAccess { get; init; }

    /// <summary>What a fault of this stream asks for; always <see cref="Protocol.Policies.FaultAction.Migrate"/> on a CPU.</summary>
    public required FaultAction FaultAction { get; init; }

    /// <summary>Names of streams that must have ended before this one begins; no cycles.</summary>
    public required ImmutableArray<string> StartAfter { get; init; }

    /// <summary>Delay from the start of the run, or from the end of the last stream of <see cref="StartAfter"/>.</summary>
    public required VirtualDuration StartAt { get; init; }
}
