namespace HmmSim.Explorer.Samples;

/// <summary>The messages of <see cref="PageMigrationModel"/>.</summary>
internal enum PageMessageKind : byte
{
    /// <summary>No message: a free place in a channel.</summary>
    None,

    /// <summary>Agent to home: give me the page.</summary>
    Fault,

    /// <summary>Agent to home: here is the page back; the value is its version.</summary>
    Evict,

    /// <summary>Agent to home: unmap the page.</summary>
    Unmap,

    /// <summary>
    /// Agent to home: the answer to a recall; the value is one more than the version, or 0 if the agent had the page no longer.
    /// </summary>
    RecallAck,

    /// <summary>Home to agent: the page is yours; the value is its version.</summary>
    Grant,

    /// <summary>Home to device: the page is not mapped.</summary>
    Nack,

    /// <summary>Home to agent: your eviction or unmapping is done.</summary>
    Done,

    /// <summary>Home to agent: give the page back.</summary>
    Recall,
}
