namespace HmmSim.Protocol.Steps;

/// <summary>What a note counts. Durations are in picoseconds.</summary>
public enum NoteKind : byte
{
    /// <summary>Pages that moved; detail: cause and direction, see <see cref="MigrationNote"/>.</summary>
    PagesMigrated = 0,

    /// <summary>Pages that a migration left where they were.</summary>
    PagesNotMigrated,

    /// <summary>Pages that moved into the noting memory.</summary>
    PagesArrived,

    /// <summary>Pages that left the noting memory, by migration or by unmap.</summary>
    PagesLeft,

    /// <summary>A batch was fetched; the value is the number of faults in it.</summary>
    BatchFetched,

    /// <summary>Faults of a batch that named a page already named in it.</summary>
    DuplicateFaults,

    /// <summary>Faults lost because the buffer was full; they are raised again after the next replay.</summary>
    FaultBufferOverflow,

    /// <summary>Faults thrown out of the buffer before a replay.</summary>
    FaultsFlushed,

    /// <summary>A chunk was chosen for eviction; the value is the number of its pages.</summary>
    ChunkEvicted,

    /// <summary>Eviction found nothing it could move.</summary>
    EvictionFailed,

    /// <summary>An invalidation was sent to a mirror; the value is the number of pages.</summary>
    Invalidation,

    /// <summary>A range fault was repeated because an invalidation came in between.</summary>
    RangeFaultRetry,

    /// <summary>Pages of RAM that were mapped into a device.</summary>
    PagesMappedRemotely,

    /// <summary>Accesses that the area does not permit.</summary>
    AccessViolation,

    /// <summary>Phase: a fault waited in the buffer until its batch was fetched.</summary>
    QueuePhase,

    /// <summary>Phase: from collect to the last acknowledgement of unmap.</summary>
    UnmapPhase,

    /// <summary>Phase: all copies of a migration.</summary>
    CopyPhase,

    /// <summary>Phase: from the end of the copies to the replay or the thread's wake-up.</summary>
    FinalizePhase,

    /// <summary>A whole device fault, from the miss to the replay.</summary>
    DeviceFaultTotal,

    /// <summary>A whole CPU fault, from the handler's first step to the thread's wake-up.</summary>
    CpuFaultTotal,
}
