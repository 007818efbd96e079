using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol.Migration;

/// <summary>
/// One migration of pages of one block to one destination, from the first lock to the end: everything the home knows of it.
/// Source frames are in the migration entries it has put into the page table.
/// </summary>
public sealed class MigrationTransaction
{
    /// <summary>Its number, given by the home.</summary>
    public required TransactionId Id { get; init; }

    /// <summary>The block.</summary>
    public required BlockKey Block { get; init; }

    /// <summary>Why.</summary>
    public required MigrationCause Cause { get; init; }

    /// <summary>The memory that asked: it gets the outcome.</summary>
    public required MemoryId Initiator { get; init; }

    /// <summary>The request of the initiator that the outcome answers.</summary>
    public required TransactionId Request { get; init; }

    /// <summary>Where the pages go.</summary>
    public required MemoryId Destination { get; init; }

    /// <summary>Where it stands.</summary>
    public MigrationPhase Phase { get; set; }

    /// <summary>Pages this transaction has locked: nobody else may collect them, and whoever touches them waits.</summary>
    public PageMask Locked { get; set; }

    /// <summary>Pages that were touched; the others come along.</summary>
    public PageMask Touched { get; set; }

    /// <summary>Pages collected from holes or the zero page: not locked, a touch may still win.</summary>
    public PageMask Holes { get; set; }

    /// <summary>The pages asked for, as far as the area goes: the range of the notifier.</summary>
    public PageMask Range { get; set; }

    /// <summary>Pages that an eviction names by their frame only, since they are mapped elsewhere: in no entry of the block.</summary>
    public PageMask Detached { get; set; }

    /// <summary>All collected pages that have a source.</summary>
    public PageMask Pages => Locked | Detached;

    /// <summary>True for a request of test_hmm's kind: the outcome tells how far the area went.</summary>
    public bool IsRange { get; init; }

    /// <summary>True if pages are taken by frame, not by address: no area's notifier, each page is unmapped over the reverse mapping.</summary>
    public bool IsByFrame => Cause is MigrationCause.Eviction or MigrationCause.Pin;

    /// <summary>True if the block was collected as one large folio, or as one hole that may become one.</summary>
    public bool IsCompound { get; set; }

    /// <summary>Collected pages with a record, and their source frames: locked under all their addresses.</summary>
    public List<(int Page, PageFrameNumber Frame)> Shared { get; } = [];

    /// <summary>The pages of <see cref="Shared"/>.</summary>
    public PageMask SharedPages
    {
        get
        {
            PageMask pages = default;
            Shared.ForEach(shared => pages.Add(shared.Page));
            return pages;
        }
    }

    /// <summary>Other address spaces in which pages are locked, once for each mapping.</summary>
    public List<AddressSpaceId> OtherSpaces { get; } = [];

    /// <summary>Locked pages by the memory they are in.</summary>
    public List<(MemoryId Memory, PageMask Pages)> Sources { get; } = [];

    /// <summary>Frames at the destination.</summary>
    public PageFrames Frames { get; set; }

    /// <summary>Pages that go through RAM, and their staging frames.</summary>
    public PageMask Staged { get; set; }

    /// <inheritdoc cref="Staged"/>
    public PageFrames StagingFrames { get; set; }

    /// <summary>Frames at the sources, once they are known.</summary>
    public PageFrames SourceFrames { get; set; }

    /// <summary>Mirrors that were told to drop pages, to be told of the end too.</summary>
    public List<Invalidation> Invalidated { get; } = [];

    /// <summary>What the current phase waits for: acknowledgements and the TLB shootdown, or copies.</summary>
    public int Pending { get; set; }

    /// <summary>Messages that wait for the end, in order of arrival.</summary>
    public List<Message> Waiters { get; } = [];

    /// <summary>When the current phase began.</summary>
    public VirtualTime PhaseBegan { get; set; }

    /// <summary>The source frame of a page that has a record.</summary>
    public PageFrameNumber FrameOfShared(int page) => Shared.Find(shared => shared.Page == page).Frame;

    /// <summary>Number, phase and pages for diagnostics.</summary>
    public override string ToString() => $"{Id} {Cause} {Block} to {Destination} {Phase} locked {Locked} holes {Holes} pending {Pending}";
}
