namespace HmmSim.Protocol;

/// <summary>What can happen to a page in a device's page table. Messages are translated into these, so that no cell has a hidden condition.</summary>
public enum DevicePageEvent : byte
{
    /// <summary>The driver services a load fault on the page.</summary>
    ReadFault = 0,

    /// <summary>The driver services a store fault on the page.</summary>
    WriteFault,

    /// <summary>The page lies beside a faulted one and could be brought along.</summary>
    BringAlong,

    /// <summary>A range fault reports a RAM frame, read-only.</summary>
    ReportedRamRead,

    /// <summary>A range fault reports a RAM frame, writable.</summary>
    ReportedRamWrite,

    /// <summary>A range fault reports a frame of this device, read-only.</summary>
    ReportedOwnRead,

    /// <summary>A range fault reports a frame of this device, writable.</summary>
    ReportedOwnWrite,

    /// <summary>A range fault finds no such page in the address space.</summary>
    ReportedError,

    /// <summary>Finalize: the page has moved here, read-only.</summary>
    MovedRead,

    /// <summary>Finalize: the page has moved here, writable.</summary>
    MovedWrite,

    /// <summary>Finalize: the page has not moved here.</summary>
    NotMoved,

    /// <summary>The home invalidates the page, or has the frame that the entry names copied away.</summary>
    Invalidate,
}
