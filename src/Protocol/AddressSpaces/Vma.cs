using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;

namespace HmmSim.Protocol.AddressSpaces;

/// <summary>An area of virtual memory: a <c>vm_area_struct</c>. Immutable; changes make a new one.</summary>
public sealed record Vma
{
    /// <summary>First page.</summary>
    public required VirtualPageNumber Begin { get; init; }

    /// <summary>The page after the last.</summary>
    public required VirtualPageNumber End { get; init; }

    /// <summary>What it permits.</summary>
    public required Protections Protections { get; init; }

    /// <summary>What is behind it.</summary>
    public required AreaBacking Backing { get; init; }

    /// <summary>The file, or none for private anonymous memory.</summary>
    public FileId File { get; init; }

    /// <summary><c>vm_pgoff</c>: page of the file at <see cref="Begin"/>; for anonymous memory the page number it was made at.</summary>
    public long PageOffset { get; init; }

    /// <summary>Further flags.</summary>
    public AreaFlags Flags { get; init; }

    /// <summary>Identity of the <c>anon_vma</c>, 0 until the first anonymous page.</summary>
    public int AnonVma { get; init; }

    /// <summary>The areas it was inherited from at <c>fork</c>, or null: the further links of the <c>anon_vma</c> chain.</summary>
    public AnonVmaLink? Ancestors { get; init; }

    /// <summary>True if the <c>anon_vma</c> chain has more than one link.</summary>
    public bool IsInherited => Ancestors is not null;

    /// <summary>Pages of 4 KiB.</summary>
    public long PageCount => (long)(End.Value - Begin.Value);

    /// <summary>True if loads and device accesses are permitted.</summary>
    public bool IsReadable => (Protections & Protections.Read) != 0;

    /// <summary>True if stores are permitted.</summary>
    public bool IsWritable => (Protections & Protections.Write) != 0;

    /// <summary>True for <c>VM_SHARED</c>: stores are seen by all who map the file.</summary>
    public bool IsShared =>
        Backing is AreaBacking.SharedAnonymous or AreaBacking.FileShared or AreaBacking.FsDax or AreaBacking.DeviceDax or AreaBacking.PciP2p;

    /// <summary>True for <c>vma_is_anonymous</c>: no file, not even the unnamed one of shared memory.</summary>
    public bool IsAnonymous => Backing == AreaBacking.Anonymous;

    /// <summary>True if <c>migrate_vma_setup</c> and reclaim may handle it: neither DAX nor special.</summary>
    public bool IsMigratable => Backing is AreaBacking.Anonymous or AreaBacking.SharedAnonymous or AreaBacking.FilePrivate or AreaBacking.FileShared;

    /// <summary>True for a shared file mapping whose first store must reach the file system (<c>vma_wants_writenotify</c>).</summary>
    public bool WantsWriteNotify => Backing == AreaBacking.FileShared;

    /// <summary>True for <c>VM_LOCKED</c>.</summary>
    public bool IsLocked => (Flags & AreaFlags.Locked) != 0;

    /// <summary>The page of the file at an address.</summary>
    public long FilePageOf(VirtualPageNumber page) => PageOffset + (long)(page.Value - Begin.Value);

    /// <summary>Whether the reverse mapping of a page that belongs to an <c>anon_vma</c> leads here.</summary>
    public bool IsReachedFrom(int anonVma)
    {
        bool isReached = AnonVma == anonVma;
        for (AnonVmaLink? link = Ancestors; link is not null && !isReached; link = link.Next)
        {
            isReached = link.AnonVma == anonVma;
        }

        return isReached;
    }

    /// <summary>The part from <paramref name="begin"/> to <paramref name="end"/>.</summary>
    public Vma Part(VirtualPageNumber begin, VirtualPageNumber end) => this with { Begin = begin, End = end, PageOffset = FilePageOf(begin) };

    /// <summary>Whether <paramref name="next"/>, which begins where this ends, can become one area with it (<c>can_vma_merge_after</c>).</summary>
    public bool CanMergeWith(Vma next) =>
        End == next.Begin
        && Protections == next.Protections
        && Flags == next.Flags
        && Backing == next.Backing
        && File == next.File
        && FilePageOf(End) == next.PageOffset
        && (AnonVma == next.AnonVma || (AnonVma == 0 && !next.IsInherited) || (next.AnonVma == 0 && !IsInherited));

    /// <summary>Whether a neighbour's <c>anon_vma</c> can be shared (<c>reusable_anon_vma</c>): alike but for the protections.</summary>
    public bool CanShareAnonVmaOf(Vma neighbour) =>
        neighbour.AnonVma != 0
        && !neighbour.IsInherited
        && Flags == neighbour.Flags
        && Backing == neighbour.Backing
        && File == neighbour.File
        && (neighbour.Begin == End ? FilePageOf(End) == neighbour.PageOffset
            : neighbour.End == Begin && neighbour.FilePageOf(neighbour.End) == PageOffset);
}
