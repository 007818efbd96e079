using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;

namespace HmmSim.Protocol;

/// <summary>
/// A call or a driver's range request under way at its home: how far it is. Wherever Linux sleeps it waits for a transaction, and
/// goes on from here against the state as it is then.
/// </summary>
internal sealed class CallTransaction
{
    /// <summary>Its number, given by the home.</summary>
    public required TransactionId Id { get; init; }

    /// <summary>What was asked.</summary>
    public required Message Request { get; init; }

    /// <summary>The message that waits in its place.</summary>
    public required Message Continuation { get; init; }

    /// <summary>Whether the next thing it needs is <c>mmap_lock</c> for writing.</summary>
    public bool WantsWriteLock { get; set; }

    /// <summary>The address space it holds <c>mmap_lock</c> of, for writing; null if none.</summary>
    public AddressSpaceId? WriteLocked { get; set; }

    /// <summary>Which part of the call it is in; what the numbers mean is up to the call.</summary>
    public int Stage { get; set; }

    /// <summary>The next page.</summary>
    public VirtualPageNumber Cursor { get; set; }

    /// <summary>Where the area in work ends; zero between areas.</summary>
    public VirtualPageNumber PieceEnd { get; set; }

    /// <summary>Pages still to be faulted in, up to <see cref="FaultEnd"/>.</summary>
    public VirtualPageNumber FaultCursor { get; set; }

    /// <inheritdoc cref="FaultCursor"/>
    public VirtualPageNumber FaultEnd { get; set; }

    /// <summary>True between the start and the end of an invalidation.</summary>
    public bool IsInvalidating { get; set; }

    /// <summary>Mirrors that were told, to be told of the end too.</summary>
    public List<Invalidation> Invalidated { get; } = [];

    /// <summary>Acknowledgements and the TLB shootdown still to come.</summary>
    public int Pending { get; set; }

    /// <summary>An error that does not end the call.</summary>
    public Errno Error { get; set; }

    /// <summary>Values read so far.</summary>
    public List<ulong> Values { get; } = [];

    /// <summary>The value that a remote load brought.</summary>
    public ulong? RemoteValue { get; set; }

    /// <summary>True if the call holds <c>mmap_lock</c> for writing while it works.</summary>
    public static bool IsWriter(CallKind kind) => kind is CallKind.Map or CallKind.Unmap or CallKind.Protect or CallKind.Remap
        or CallKind.Lock or CallKind.Unlock or CallKind.Truncate or CallKind.Fork or CallKind.Exit or CallKind.Advise;
}
