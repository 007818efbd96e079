namespace HmmSim.Protocol;

/// <summary>What the device's driver does with a page: the content of a cell of <see cref="DeviceMemoryTable"/>.</summary>
public enum DevicePageAction : byte
{
    /// <summary>Cannot be: the run stops with state, message, transaction and time.</summary>
    Impossible = 0,

    /// <summary>Leave the page alone.</summary>
    Skip,

    /// <summary>Bring it here, or map it in RAM, as the fault asks.</summary>
    Fetch,

    /// <summary>Walk the page table for it: a permission or a mapping is missing.</summary>
    Walk,

    /// <summary>Map the RAM frame read-only.</summary>
    MapRemoteRead,

    /// <summary>Map the RAM frame writable.</summary>
    MapRemoteWrite,

    /// <summary>Map the own frame read-only.</summary>
    MapLocalRead,

    /// <summary>Map the own frame writable.</summary>
    MapLocalWrite,

    /// <summary>Let every touch fail.</summary>
    MarkError,

    /// <summary>Drop the mapping.</summary>
    Unmap,

    /// <summary>Give back the frame that was reserved for the page.</summary>
    FreeFrame,
}
