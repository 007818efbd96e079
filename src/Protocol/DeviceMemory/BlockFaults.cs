using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol;

/// <summary>The faults of one batch in one block.</summary>
/// <param name="Block">The block.</param>
internal sealed record BlockFaults(BlockKey Block)
{
    /// <summary>Pages that were loaded.</summary>
    public PageMask Reads;

    /// <summary>Pages that were stored to.</summary>
    public PageMask Writes;

    /// <summary>Pages that are to be mapped where they are instead of brought here.</summary>
    public PageMask ToMap;

    /// <summary>Chunks that eviction tried for this block without freeing a frame.</summary>
    public readonly HashSet<int> TriedChunks = [];

    /// <summary>All faulted pages.</summary>
    public PageMask Pages => Reads | Writes;
}
