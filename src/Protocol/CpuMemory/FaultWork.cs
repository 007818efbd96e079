namespace HmmSim.Protocol;

/// <summary>What a fault does to an entry in more than one step.</summary>
internal enum FaultWork : byte
{
    /// <summary>Gives the address space a copy of its own (<c>wp_page_copy</c>).</summary>
    Copy = 0,

    /// <summary>Takes a page back that a device holds exclusively (<c>remove_device_exclusive_entry</c>).</summary>
    TakeBack,

    /// <summary>Locks the CPU out of a page for a device's atomics (<c>make_device_exclusive_range</c>).</summary>
    LockOut,
}
