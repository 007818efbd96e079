namespace HmmSim.Protocol.PageTables;

/// <summary>
/// The 5-bit type of a non-present, non-empty page-table entry, with the codes of Linux 7.0 when every option is on
/// (<c>MAX_SWAPFILES</c> 24, <c>include/linux/swap.h</c>). Codes 0 to 23 are real swap files.
/// </summary>
public enum SwapEntryType : byte
{
    /// <summary>First real swap file; codes up to 23 are swap files too. The offset is the slot.</summary>
    SwapFile = 0,

    /// <summary>A poisoned frame; the offset is its frame number.</summary>
    HwPoison = 24,

    /// <summary>The page is in flight and was mapped read-only and shared.</summary>
    MigrationRead = 25,

    /// <summary>The page is in flight, was mapped read-only, and belongs to this address space alone.</summary>
    MigrationReadExclusive = 26,

    /// <summary>The page is in flight and was writable.</summary>
    MigrationWrite = 27,

    /// <summary>The page lives in memory that this CPU cannot address, writable.</summary>
    DeviceWrite = 28,

    /// <summary>The page lives in memory that this CPU cannot address, read-only.</summary>
    DeviceRead = 29,

    /// <summary>A RAM page that a device holds for atomic access; the offset is the RAM frame.</summary>
    DeviceExclusive = 30,

    /// <summary>No page: the offset holds marker bits (userfaultfd write-protect 1, poisoned 2, guard 4).</summary>
    PteMarker = 31,
}
