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

    /// <summary>A frame of the home's RAM, held for atomic access while the CPU is locked out; a store of the driver needs another mapping.</summary>
    Atomic,

    /// <summary>A frame of another memory (RAM of the home, coherent memory of a peer), mapped read-only.</summary>
    RemoteRead,

    /// <summary>A frame of another memory, mapped writable.</summary>
    RemoteWrite,

    /// <summary>The address space has no such page (<c>HMM_PFN_ERROR</c>): a touch fails.</summary>
    Error,
}
