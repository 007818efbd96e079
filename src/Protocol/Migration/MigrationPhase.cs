namespace HmmSim.Protocol.Migration;

/// <summary>
/// Where a migration stands, in the order of the kernel's phases. Collect, migrate-pages and finalize take no simulated time of
/// their own; the phases named here are those in which other messages can come between.
/// </summary>
public enum MigrationPhase : byte
{
    /// <summary>A CPU touch has locked the page and asked its owner; leaves when the owner's <c>MigrateVma</c> arrives.</summary>
    AwaitingOwner = 0,

    /// <summary>Collected: migration entries are in place; leaves when all mirrors and CPU TLBs have dropped the pages.</summary>
    Unmapping,

    /// <summary>Unreachable for everyone; leaves when all contents have arrived (at the staging frames, if it goes through RAM).</summary>
    Copying,

    /// <summary>Device to device through RAM: the second copy, from the staging frames; leaves when all contents have arrived.</summary>
    CopyingFromStaging,

    /// <summary>Finalized; nothing refers to the record any more.</summary>
    Done,
}
