namespace HmmSim.Protocol.PageTables;

/// <summary>What a CPU page-table entry says of its page: the result of the one decoder, <see cref="PageTableEntry.Kind"/>.</summary>
public enum EntryKind : byte
{
    /// <summary>Nothing was ever here; the first touch populates the page.</summary>
    None = 0,

    /// <summary>The page is in memory that this CPU addresses.</summary>
    Present,

    /// <summary>The page is in a real swap file.</summary>
    Swap,

    /// <summary>The page is in flight; leaves at finalize of the migration that put the entry here. Whoever touches it waits.</summary>
    Migration,

    /// <summary>The page lives in memory that this CPU cannot address; a touch starts <c>MigrateToRam</c>.</summary>
    DevicePrivate,

    /// <summary>A RAM page that a device holds for atomics; a touch takes it back.</summary>
    DeviceExclusive,

    /// <summary>The frame is poisoned.</summary>
    HwPoison,

    /// <summary>A marker without a page.</summary>
    Marker,
}
