using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;

namespace HmmSim.Protocol;

/// <summary>
/// One <c>munmap</c> of pages of a block, between the start and the end of its invalidation. While it lasts nothing else happens
/// to the block: it stands for <c>mmap_lock</c> held for writing.
/// </summary>
public sealed class UnmapTransaction
{
    /// <summary>Its number, given by the home.</summary>
    public required TransactionId Id { get; init; }

    /// <summary>The request, with the block, the pages and the thread to wake.</summary>
    public required Message Request { get; init; }

    /// <summary>Memories told to drop the pages.</summary>
    public List<MemoryId> Invalidated { get; } = [];

    /// <summary>Acknowledgements still to come, and the TLB shootdown.</summary>
    public int Pending { get; set; }

    /// <summary>Messages that wait for the end, in order of arrival.</summary>
    public List<Message> Waiters { get; } = [];
}
