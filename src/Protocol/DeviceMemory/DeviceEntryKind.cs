namespace HmmSim.Protocol;

/// <summary>What an entry of a device's page table says.</summary>
public enum DeviceEntryKind : byte
{
    /// <summary>Nothing: a touch raises a far fault.</summary>
    None = 0,

    /// <summary>A frame of this memory, mapped read-only.</summary>
    LocalRead,

    /// <summary>A frame of this memory, mapped writable.</summary>
    LocalWrite,

    /// <summary>A frame of this memory that holds the page but is not mapped: it is being copied away, or was invalidated.</summary>
    Held,

    /// <summary>A frame of this memory that waits for a page; leaves at the finalize of the migration that brings it.</summary>
    Reserved,

    /// <summary>A frame of the home's RAM, mapped read-only.</summary>
    RemoteRead,

    /// <summary>A frame of the home's RAM, mapped writable.</summary>
    RemoteWrite,

    /// <summary>The address space has no such page (<c>HMM_PFN_ERROR</c>): a touch fails.</summary>
    Error,
}
