namespace HmmSim.Conformance.Traces;

/// <summary>The operations of a trace. The words of the format are in <see cref="OperationForm"/>.</summary>
public enum OperationKind
{
    /// <summary><c>mmap</c>.</summary>
    Map = 0,

    /// <summary><c>munmap</c>.</summary>
    Unmap,

    /// <summary><c>mprotect</c>.</summary>
    Protect,

    /// <summary><c>mremap</c>.</summary>
    Remap,

    /// <summary><c>madv</c>.</summary>
    Advise,

    /// <summary><c>mlock</c>.</summary>
    Lock,

    /// <summary><c>munlock</c>.</summary>
    Unlock,

    /// <summary><c>trunc</c>: the file of a window gets another length.</summary>
    Truncate,

    /// <summary><c>cr</c>: the CPU loads a page.</summary>
    Load,

    /// <summary><c>cw</c>: the CPU stores a page.</summary>
    Store,

    /// <summary><c>kr</c>: the kernel copies from a page.</summary>
    CopyFromUser,

    /// <summary><c>kw</c>: the kernel copies to a page.</summary>
    CopyToUser,

    /// <summary><c>dr</c>: the device reads.</summary>
    DeviceRead,

    /// <summary><c>dw</c>: the device writes.</summary>
    DeviceWrite,

    /// <summary><c>m2d</c>: migrate to the device.</summary>
    MigrateToDevice,

    /// <summary><c>m2s</c>: migrate to system memory.</summary>
    MigrateToSystem,

    /// <summary><c>snap</c>: permissions of pages.</summary>
    Snapshot,

    /// <summary><c>excl</c>: make pages device-exclusive.</summary>
    MakeExclusive,

    /// <summary><c>ckex</c>: check that no page is exclusive any more.</summary>
    CheckExclusive,

    /// <summary><c>open</c>.</summary>
    Open,

    /// <summary><c>close</c>.</summary>
    Close,

    /// <summary><c>release</c>: evict and remove the memory of a device.</summary>
    Release,

    /// <summary><c>fork</c>.</summary>
    Fork,

    /// <summary><c>exit</c>.</summary>
    Exit,

    /// <summary><c>pin</c>: a long-term pin.</summary>
    Pin,

    /// <summary><c>pinrd</c>: the values seen through the pinned pages.</summary>
    ReadPins,

    /// <summary><c>unpin</c>.</summary>
    Unpin,
}
