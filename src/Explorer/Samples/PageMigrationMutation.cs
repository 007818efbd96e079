namespace HmmSim.Explorer.Samples;

/// <summary>A bug seeded into <see cref="PageMigrationModel"/>.</summary>
public enum PageMigrationMutation : byte
{
    /// <summary>The correct protocol.</summary>
    None,

    /// <summary>
    /// BUG1: when a recall finds the page gone, the home goes on at once, though the evicted page is still under way to it.
    /// </summary>
    IgnoreCrossingEviction,

    /// <summary>
    /// BUG2: an eviction that arrives while the home is busy with the page is queued behind the work that waits for it: a
    /// deadlock.
    /// </summary>
    QueueCrossingEviction,

    /// <summary>
    /// The home keeps the owner of a page that was evicted in peace: a leak, and a deadlock as soon as somebody else wants the
    /// page.
    /// </summary>
    KeepOwnerAfterEviction,

    /// <summary>
    /// The home unmaps a page without waiting for the answer to its recall, which then arrives where no handler expects it.
    /// </summary>
    UnmapWithoutWaiting,
}
