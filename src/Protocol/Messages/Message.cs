using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Policies;

namespace HmmSim.Protocol.Messages;

/// <summary>
/// One protocol message. It speaks of pages of one 2 MiB block, so that one message can move 512 pages. Which fields carry
/// meaning depends on the kind; the others are zero. Immutable once sent.
/// </summary>
public sealed class Message : TimedMessage
{
    private readonly CompactMask _pages;
    private readonly CompactMask _subset;

    /// <summary>What it says.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The endpoint that sent it.</summary>
    public required MemoryId From { get; init; }

    /// <summary>The endpoint it is for.</summary>
    public required MemoryId To { get; init; }

    /// <summary>The 2 MiB block of an address space it speaks of.</summary>
    public BlockKey Block { get; init; }

    /// <summary>The pages of the block it speaks of.</summary>
    public PageMask Pages { get => _pages.Mask; init => _pages = new CompactMask(value); }

    /// <summary>
    /// A subset of <see cref="Pages"/>. <c>RangeFault</c>: those that must become writable. <c>MigrateVma</c>: those that were
    /// touched, as opposed to brought along. <c>RangeFaultReply</c> and <c>MigrateFinalize</c>: those that may be written.
    /// </summary>
    public PageMask Subset { get => _subset.Mask; init => _subset = new CompactMask(value); }

    /// <summary>The frames of <see cref="Pages"/> in the memory the kind implies.</summary>
    public PageFrames Frames { get; init; }

    /// <summary><c>CopyPages</c> and <c>PageData</c>: the frames of <see cref="Pages"/> at the destination.</summary>
    public PageFrames TargetFrames { get; init; }

    /// <summary>The transaction or request it belongs to.</summary>
    public TransactionId Transaction { get; init; }

    /// <summary>Why pages move.</summary>
    public MigrationCause Cause { get; init; }

    /// <summary>The destination of a copy. <c>InvalidateStart</c>: the device whose own migration this is, or none.</summary>
    public MemoryId Destination { get; init; }

    /// <summary>The CPU thread or warp that touched the page.</summary>
    public int Thread { get; init; }

    /// <summary>Whether the touch was a store.</summary>
    public bool IsWrite { get; init; }

    /// <summary>What a device fault or a walk asks for.</summary>
    public FaultAction Action { get; init; }

    /// <summary>Bytes that a remote access moves over the links.</summary>
    public int AccessBytes { get; init; }

    /// <summary>The value of a remote load or store, where values are tracked.</summary>
    public ulong Value { get; init; }

    /// <summary>Whether a remote store adds <see cref="Value"/> to the page's value (a PCIe FetchAdd) instead of replacing it.</summary>
    public bool IsAtomicAdd { get; init; }

    /// <summary>
    /// A request of test_hmm's kind: <see cref="Pages"/> are one range, its first page decides about the area, and the answer tells how
    /// many pages from there on it covers. Without it every page stands for itself.
    /// </summary>
    public bool IsRange { get; init; }

    /// <summary>
    /// <c>MigrateVma</c>: the driver's next allocation fails. A large folio is split then, since single pages can be had; of single pages
    /// the first one stays.
    /// </summary>
    public bool AllocationFails { get; init; }

    /// <summary>Answers to a range request: pages covered, from the first one on.</summary>
    public int CoveredPages { get; init; }

    /// <summary>Answers: the error, or none.</summary>
    public Errno Error { get; init; }

    /// <summary><c>Call</c>: what is asked.</summary>
    public Call? Call { get; init; }

    /// <summary><c>CallDone</c>, and the answer to a snapshot: how it ended.</summary>
    public CallResult? Result { get; init; }

    /// <summary>What the pages hold where values are tracked, else none.</summary>
    public PageWords Values { get; init; }

    /// <summary>Kind, ends, block and pages for diagnostics.</summary>
    public override string ToString() =>
        $"{Kind} {From}->{To} block {Block} pages {Pages} {Transaction} at {ActsAt}";
}
