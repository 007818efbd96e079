namespace HmmSim.Protocol.AddressSpaces;

/// <summary>Flags of an area beside its protections (<c>VM_*</c> of <c>include/linux/mm.h</c>). Areas merge only if all agree.</summary>
[Flags]
public enum AreaFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>VM_LOCKED</c>.</summary>
    Locked = 1,

    /// <summary><c>VM_DONTCOPY</c>: a child does not inherit the area.</summary>
    DontFork = 2,

    /// <summary><c>VM_WIPEONFORK</c>: a child gets the area empty.</summary>
    WipeOnFork = 4,

    /// <summary><c>VM_ACCOUNT</c>: private memory that was writable once counts against the commit limit.</summary>
    Accounted = 8,

    /// <summary><c>VM_HUGEPAGE</c>.</summary>
    HugePage = 16,

    /// <summary><c>VM_NOHUGEPAGE</c>.</summary>
    NoHugePage = 32,
}
