namespace HmmSim.Explorer.Samples;

/// <summary>A bug seeded into <see cref="PageMigrationModel"/>.</summary>
public enum PageMigrationMutation : byte
{
    /// <summary>The correct protocol.</summary>
    None,

    /// <summary>BUG1: when a recall finds the page gone, the home goes on at once, though the evicted page is still under way to it.</summary>
    IgnoreCrossingEviction,

    /// <summary>BUG2: an eviction that arrives while the home is busy with the page is queued behind the work that waits for it: a deadlock.</summary>
    QueueCrossingEviction,
}
