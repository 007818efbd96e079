using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Observation;

/// <summary>The run as a whole.</summary>
public sealed record RunTotals
{
    /// <summary>When the last stream had ended and nothing was left in flight.</summary>
    public required VirtualTime VirtualEndTime { get; init; }

    /// <summary>Protocol steps of all memories.</summary>
    public required long Steps { get; init; }

    /// <summary>Accesses of all processors.</summary>
    public required long Accesses { get; init; }

    /// <summary>Digest of all steps in order, in lower-case hexadecimal: equal hashes mean the same run.</summary>
    public required string TraceHash { get; init; }
}
