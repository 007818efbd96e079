namespace HmmSim.Protocol.Calls;

/// <summary>What a process can ask of its CPU memory (system calls, loads, stores) and of a device's driver (ioctls).</summary>
public enum CallKind : byte
{
    /// <summary>No call.</summary>
    None = 0,

    /// <summary>A file is made and written, page i with <see cref="Call.PageValues"/>[i]; its pages are in the page cache.</summary>
    CreateFile,

    /// <summary><c>mmap</c> at a fixed address, refused where something is mapped (<c>MAP_FIXED_NOREPLACE</c>).</summary>
    Map,

    /// <summary><c>munmap</c>.</summary>
    Unmap,

    /// <summary><c>mprotect</c>.</summary>
    Protect,

    /// <summary><c>mremap</c> with <c>MREMAP_MAYMOVE | MREMAP_FIXED</c> to <see cref="Call.Target"/>.</summary>
    Remap,

    /// <summary><c>madvise</c>.</summary>
    Advise,

    /// <summary><c>mlock</c>.</summary>
    Lock,

    /// <summary><c>munlock</c>.</summary>
    Unlock,

    /// <summary><c>ftruncate</c> of <see cref="Call.File"/> to <see cref="Call.PageCount"/> pages.</summary>
    Truncate,

    /// <summary>A CPU thread loads a page's value.</summary>
    Load,

    /// <summary>A CPU thread stores <see cref="Call.Value"/> to a page.</summary>
    Store,

    /// <summary>The kernel reads a page of user memory (<c>copy_from_user</c>).</summary>
    CopyFromUser,

    /// <summary>The kernel writes a page of user memory (<c>copy_to_user</c>).</summary>
    CopyToUser,

    /// <summary><c>fork</c> into the address space <see cref="Call.Child"/>.</summary>
    Fork,

    /// <summary><c>exit</c>: the address space is torn down.</summary>
    Exit,

    /// <summary><c>pin_user_pages(FOLL_LONGTERM)</c>, for writing if <see cref="Call.IsWrite"/>; one pin at a time in the system.</summary>
    Pin,

    /// <summary>The values seen through the pinned pages.</summary>
    ReadPins,

    /// <summary>Drops the pin.</summary>
    Unpin,

    /// <summary>Opens the device: a mirror of the caller's address space (<c>mmu_interval_notifier_insert</c>).</summary>
    Open,

    /// <summary>The last close of a handle: every page of the device, of every process, goes back to RAM.</summary>
    Close,

    /// <summary><c>HMM_DMIRROR_READ</c>: the device reads pages through its mirror.</summary>
    DeviceRead,

    /// <summary><c>HMM_DMIRROR_WRITE</c>: the device writes <see cref="Call.Value"/> + i to page i.</summary>
    DeviceWrite,

    /// <summary><c>HMM_DMIRROR_MIGRATE_TO_DEV</c>.</summary>
    MigrateToDevice,

    /// <summary><c>HMM_DMIRROR_MIGRATE_TO_SYS</c>.</summary>
    MigrateToSystem,

    /// <summary><c>HMM_DMIRROR_SNAPSHOT</c>: a byte of permissions for each page, without faulting.</summary>
    Snapshot,

    /// <summary><c>HMM_DMIRROR_EXCLUSIVE</c>: atomic access to RAM pages while the CPU is locked out.</summary>
    MakeExclusive,

    /// <summary><c>HMM_DMIRROR_CHECK_EXCLUSIVE</c>.</summary>
    CheckExclusive,

    /// <summary><c>HMM_DMIRROR_RELEASE</c>: evicts every page and remakes the device's memory.</summary>
    Release,

    /// <summary><c>HMM_DMIRROR_FLAGS</c>: <see cref="Call.Value"/> 1 makes the next allocation fail.</summary>
    SetFlags,
}
