namespace HmmSim.Races.Worlds;

/// <summary>What a thread of a world can do.</summary>
public enum OperationKind : byte
{
    /// <summary>Loads a page: by the CPU, by a device's driver through its mirror, or by a warp.</summary>
    Touch = 0,

    /// <summary>Stores to a page; a processor (core or warp) adds 1 to its value.</summary>
    Write,

    /// <summary>The driver brings a page to its device (<c>HMM_DMIRROR_MIGRATE_TO_DEV</c>).</summary>
    Migrate,

    /// <summary>The driver sends a page to RAM (<c>HMM_DMIRROR_MIGRATE_TO_SYS</c>).</summary>
    Return,

    /// <summary>The driver sends every page of its device to RAM (<c>HMM_DMIRROR_RELEASE</c>).</summary>
    Evict,

    /// <summary>The last close of the device.</summary>
    Close,

    /// <summary>The driver locks the CPU out of a page (<c>HMM_DMIRROR_EXCLUSIVE</c>).</summary>
    Exclusive,

    /// <summary>The driver asks whether a page is still its own (<c>HMM_DMIRROR_CHECK_EXCLUSIVE</c>).</summary>
    CheckExclusive,

    /// <summary>The driver looks at a page without faulting (<c>HMM_DMIRROR_SNAPSHOT</c>).</summary>
    Snapshot,

    /// <summary>The driver's next allocation fails (<c>HMM_DMIRROR_FLAGS</c>).</summary>
    FailAllocation,

    /// <summary><c>munmap</c> of a page.</summary>
    Unmap,

    /// <summary><c>mmap</c> of a page that was unmapped.</summary>
    Map,

    /// <summary><c>mprotect</c> of a page to read-only.</summary>
    ProtectRead,

    /// <summary><c>mprotect</c> of a page to readable and writable.</summary>
    ProtectWrite,

    /// <summary><c>madvise(MADV_DONTNEED)</c>.</summary>
    DontNeed,

    /// <summary><c>madvise(MADV_PAGEOUT)</c>.</summary>
    PageOut,

    /// <summary><c>fork</c>.</summary>
    Fork,

    /// <summary><c>exit</c> of the thread's process.</summary>
    Exit,

    /// <summary>A long-term pin of a page, for writing.</summary>
    Pin,

    /// <summary>Drops the pin.</summary>
    Unpin,

    /// <summary>A child opens the device: what it asks the driver for from then on goes through a mirror of its own address space.</summary>
    Open,

    /// <summary>The driver brings all pages to its device, with one call.</summary>
    MigrateAll,
}
