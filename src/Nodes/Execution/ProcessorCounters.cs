using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Execution;

/// <summary>What a processor has executed.</summary>
internal sealed partial class ProcessorCounters
{
    /// <summary>Accesses that the streams have handed out so far.</summary>
    public long DrawnAccesses;

    /// <summary>Accesses performed, each once however often it was tried; refused ones not among them.</summary>
    public long Accesses;

    /// <summary>Accesses that translated at the first try.</summary>
    public long Hits;

    /// <summary>Accesses that faulted at least once.</summary>
    public long Faults;

    /// <summary>Accesses to the memory beside the processor.</summary>
    public long LocalAccesses;

    /// <summary>Accesses over links.</summary>
    public long RemoteAccesses;

    /// <summary>Accesses that the address space refused.</summary>
    public long RefusedAccesses;

    /// <summary>Visits of a page with at least one store: what page values count.</summary>
    public long PageWrites;

    /// <summary>Time warps waited, summed over warps.</summary>
    public VirtualDuration StallTime;

    /// <summary>When the last stream ended.</summary>
    public VirtualTime EndTime;
}
