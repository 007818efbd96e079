namespace HmmSim.Protocol;

/// <summary>The questions a device asks a home.</summary>
internal enum DeviceRequestKind : byte
{
    /// <summary>Bring pages here.</summary>
    Migrate = 0,

    /// <summary>Walk the page table (range fault).</summary>
    Walk,

    /// <summary>Take pages of a chunk to RAM.</summary>
    Evict,

    /// <summary>Take pages of an address space to RAM because a process asked for it.</summary>
    ToRam,

    /// <summary>Lock the CPU out of RAM pages.</summary>
    MakeExclusive,
}
