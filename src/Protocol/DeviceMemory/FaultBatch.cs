using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>The batch in service: its blocks in ascending order, how far the driver is, and what is still open.</summary>
/// <param name="blocks">The faults by block.</param>
internal sealed class FaultBatch(IReadOnlyList<BlockFaults> blocks)
{
    /// <summary>The faults by block.</summary>
    public readonly IReadOnlyList<BlockFaults> Blocks = blocks;

    /// <summary>The block the driver is at.</summary>
    public int Next;

    /// <summary>Requests without an answer.</summary>
    public int OpenRequests;

    /// <summary>When the last contents arrived: the beginning of the finalize phase.</summary>
    public VirtualTime LastAnswerAt;

    /// <summary>True once every block was serviced and every request answered.</summary>
    public bool IsDone => Next == Blocks.Count && OpenRequests == 0;
}
