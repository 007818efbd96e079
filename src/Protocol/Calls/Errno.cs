namespace HmmSim.Protocol.Calls;

/// <summary>Error numbers of Linux that a call can end with (<c>include/uapi/asm-generic/errno-base.h</c>).</summary>
public enum Errno : byte
{
    /// <summary>The call succeeded.</summary>
    None = 0,

    /// <summary>The operation is not permitted: a device may not write here, or a page is still held exclusively.</summary>
    EPERM = 1,

    /// <summary>No such entry: a page is missing in the device's page table.</summary>
    ENOENT = 2,

    /// <summary>The address space is gone (<c>mmget_not_zero</c> failed); drivers answer their callers with another error.</summary>
    ESRCH = 3,

    /// <summary>No such file handle.</summary>
    EBADF = 9,

    /// <summary>The range has a hole, or memory ran out.</summary>
    ENOMEM = 12,

    /// <summary>The address cannot be accessed as asked.</summary>
    EFAULT = 14,

    /// <summary>Something is in use.</summary>
    EBUSY = 16,

    /// <summary>Something is there already.</summary>
    EEXIST = 17,

    /// <summary>An argument makes no sense.</summary>
    EINVAL = 22,

    /// <summary>The kind of memory does not support it.</summary>
    EOPNOTSUPP = 95,
}
