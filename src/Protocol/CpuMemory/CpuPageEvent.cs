namespace HmmSim.Protocol;

/// <summary>What can happen to a page in the table of its home. Messages are translated into these, so that no cell has a hidden condition.</summary>
public enum CpuPageEvent : byte
{
    /// <summary>A CPU thread of the home faulted on the page.</summary>
    CpuTouch = 0,

    /// <summary>A device walks the range; the entry does not name a page of its own.</summary>
    DeviceTouch,

    /// <summary>A device walks the range and the entry names a page of its own.</summary>
    OwnerTouch,

    /// <summary>Collect for a device; the entry does not name a page of that device.</summary>
    CollectForDevice,

    /// <summary>Collect for a device that owns the page already.</summary>
    CollectForOwner,

    /// <summary>Collect for RAM, asked for by a memory; the entry names no page of another memory.</summary>
    CollectForRam,

    /// <summary>Collect for RAM, asked for by a memory; the entry names a page of another memory.</summary>
    CollectForRamElsewhere,

    /// <summary>Migrate-pages: a page that was collected from a mapping.</summary>
    MovePage,

    /// <summary>Migrate-pages: a page that was collected from a hole.</summary>
    FillHole,

    /// <summary>The range is unmapped, and every mirror has dropped it.</summary>
    Unmap,

    /// <summary>A device loads or stores through a mapping of RAM it was given.</summary>
    RemoteAccess,
}
