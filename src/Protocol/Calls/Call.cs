using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Files;

namespace HmmSim.Protocol.Calls;

/// <summary>One call of a process. Which fields carry meaning depends on the kind; the others are zero. Immutable.</summary>
public sealed record Call
{
    /// <summary>What is asked.</summary>
    public required CallKind Kind { get; init; }

    /// <summary>The address space acted on. For a device it is the one of the mirror, whoever calls.</summary>
    public AddressSpaceId Space { get; init; }

    /// <summary>The first page.</summary>
    public VirtualPageNumber Begin { get; init; }

    /// <summary>Pages of 4 KiB, at least 1 where a range is meant.</summary>
    public long PageCount { get; init; }

    /// <summary><see cref="CallKind.Map"/>, <see cref="CallKind.Protect"/>: what the area permits.</summary>
    public Protections Protections { get; init; }

    /// <summary><see cref="CallKind.Map"/>: what is behind the area.</summary>
    public AreaBacking Backing { get; init; }

    /// <summary><see cref="CallKind.CreateFile"/>, <see cref="CallKind.Map"/>, <see cref="CallKind.Truncate"/>: the file. Mapping unnamed
    /// memory, DAX or PCI memory under a number not seen before makes the file.</summary>
    public FileId File { get; init; }

    /// <summary><see cref="CallKind.Map"/> of DAX and PCI memory: the memory that a file made by this call lies in.</summary>
    public MemoryId Memory { get; init; }

    /// <summary><see cref="CallKind.Map"/>: page of the file at <see cref="Begin"/>.</summary>
    public long FileOffsetPages { get; init; }

    /// <summary><see cref="CallKind.Advise"/>: the advice.</summary>
    public Advice Advice { get; init; }

    /// <summary><see cref="CallKind.Remap"/>: the new place of the first page.</summary>
    public VirtualPageNumber Target { get; init; }

    /// <summary><see cref="CallKind.Remap"/>: whether the old area stays, empty (<c>MREMAP_DONTUNMAP</c>).</summary>
    public bool KeepsSource { get; init; }

    /// <summary><see cref="CallKind.Fork"/>: the address space of the child.</summary>
    public AddressSpaceId Child { get; init; }

    /// <summary><see cref="CallKind.Store"/>, <see cref="CallKind.CopyToUser"/>, <see cref="CallKind.DeviceWrite"/>: the value.</summary>
    public ulong Value { get; init; }

    /// <summary><see cref="CallKind.CreateFile"/>: the value of each page.</summary>
    public IReadOnlyList<ulong>? PageValues { get; init; }

    /// <summary><see cref="CallKind.Pin"/>: whether pages are pinned for writing.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Driver calls: the mirror the handle stands for, a number its opener has chosen.</summary>
    public uint Mirror { get; init; }

    /// <summary>
    /// <see cref="Advice.PageOut"/>: which pages of the range reclaim took, by index from <see cref="Begin"/>; null for all that can be.
    /// Reclaim is best effort, so its choice is an input.
    /// </summary>
    public IReadOnlySet<long>? Reclaimed { get; init; }

    /// <summary>The page after the last.</summary>
    public VirtualPageNumber End => Begin + PageCount;

    /// <summary>True if the driver of a device carries it out, false if the CPU memory does.</summary>
    public bool IsForDriver => Kind >= CallKind.Open;
}
