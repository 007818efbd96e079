namespace HmmSim.Protocol;

/// <summary>What can happen to a page in the table of its home. Messages are translated into these, so that no cell has a hidden condition.</summary>
public enum CpuPageEvent : byte
{
    /// <summary>A CPU thread of the home, or the kernel for it, needs the page: a fault.</summary>
    CpuTouch = 0,

    /// <summary>The same for a store or a pin, and the entry is present but does not permit it.</summary>
    WriteProtectedTouch,

    /// <summary>A device walks the range; the entry does not name a page of its own.</summary>
    DeviceTouch,

    /// <summary>A device walks the range and the entry names a page of its own.</summary>
    OwnerTouch,

    /// <summary>Collect for a device; the entry names RAM or nothing.</summary>
    CollectForDevice,

    /// <summary>Collect for a device; the entry names memory of another device that may be taken from it.</summary>
    CollectFromDevice,

    /// <summary>Collect for a device; the entry names a page that this request does not select: its own already, or of a foreign owner.</summary>
    CollectUnselected,

    /// <summary>Collect for RAM, asked for by a memory; the entry names a page of that memory.</summary>
    CollectForRam,

    /// <summary>Collect for RAM, asked for by a memory; the entry names no page of it.</summary>
    CollectForRamElsewhere,

    /// <summary>Eviction of a page of coherent memory that a device holds exclusively.</summary>
    EvictExclusive,

    /// <summary>Migrate-pages: a page that was collected from a mapping.</summary>
    MovePage,

    /// <summary>Migrate-pages: a page that was collected from a hole or from the zero page.</summary>
    FillHole,

    /// <summary>The range is unmapped, and every mirror has dropped it.</summary>
    Unmap,

    /// <summary>The address space is copied for a child, and every mirror has dropped the page.</summary>
    Fork,

    /// <summary>The area's protections have changed, and every mirror has dropped the page.</summary>
    Protect,

    /// <summary>The page goes to another address, and every mirror has dropped it.</summary>
    Remap,

    /// <summary>A device wants the page for itself; the page was faulted in for writing before.</summary>
    MakeExclusive,

    /// <summary>Reclaim takes the page.</summary>
    PageOut,
}
