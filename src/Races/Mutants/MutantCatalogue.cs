using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>All seeded bugs.</summary>
public static class MutantCatalogue
{
    /// <summary>The bugs, by number.</summary>
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("counted_sequence_as_flag", "B9 (04ec32fbc2b2): a valid flag instead of a sequence", new CountedSequenceAsFlag()),
        new("freed_before_unlock", "B23 (c9db07cab766): migrate, then unlock what is freed", new FreedBeforeUnlock()),
        new("all_or_nothing_migration", "B24 (0620837490e0): two devices migrate one range in turn", new AllOrNothingMigration()),
        new("peers_untold_of_eviction", "B25 (a26084328ac4): a foreign pagemap outlives its provider", new PeersUntoldOfEviction()),
        new("eviction_keeps_address_space", "B26 (847b371debf3): a reference to the mm leaks in evict", new EvictionKeepsAddressSpace()),
        new("return_waits_for_own_call", "B27 (a6283010e290): a fault on an own page deadlocks with itself", new ReturnWaitsForOwnCall()),
        new("invalidation_waits_for_fault_worker", "B28 (6225bb3a88d2): work that release flushes waits for release", new InvalidationWaitsForFaultWorker()),
        new("invalidation_waits_for_eviction", "B30 (ec6abe831a84): a deadlock of three", new InvalidationWaitsForEviction()),
        new("stale_fault_after_unmap", "B31 (1ddaa025403c): a fault is handled after the unmap of its address", new StaleFaultAfterUnmap()),
        new("compact_outcome", "B32 (960c4a8069bf): partial migration taken for one of the first pages", new CompactOutcome()),
        new("lock_kept_for_filled_hole", "B34 (c7b402a43139): an error path of insertion keeps the lock", new LockKeptForFilledHole()),
        new("permission_lost_on_unmap", "B36 (dfd8562c52a5): write permission lost in try_to_migrate", new PermissionLostOnUnmap()),
        new("indeterminate_inserted_entry", "B37 (34f5e9b9d199): an indeterminate entry in insert_page", new IndeterminateInsertedEntry()),
        new("record_survives_free", "B38 (7ab0ad0e74f8): a stale mapping on a device page that is used again", new RecordSurvivesFree()),
        new("lock_kept_over_fault", "B40 (dd361e5033cf): a read lock taken twice with a writer in between", new LockKeptOverFault()),
        new("start_without_end", "B41 (c2655835fd8c): a start that fails has no end", new StartWithoutEnd()),
        new("outputs_as_requests", "B42 (0cafc62e4daf): output flags become requests of the next walk", new OutputsAsRequests()),
        new("exclusive_entry_unknown_to_unmap", "B43: a device-exclusive entry met by who does not know it", new ExclusiveEntryUnknownToUnmap()),
        new("exclusive_retried_for_ever", "B44 (uvm_hmm.c): an exclusive lock that cannot be had is tried for ever", new ExclusiveRetriedForEver()),
        new("own_migration_uncounted", "B45a (test_hmm): the own migration skips the sequence", new OwnMigrationUncounted()),
        new("mirror_erased_after_copy", "B45b (test_hmm): a store after the copy to RAM", new MirrorErasedAfterCopy()),
        new("exclusive_unlocked_early", "B45c (test_hmm): an exclusive entry installed without a check", new ExclusiveUnlockedEarly()),
        new("release_waits_for_skipped", "B45d (test_hmm): release skips locked pages and waits for them", new ReleaseWaitsForSkipped()),
        new("store_meets_own_migration", "B45e (test_hmm): a store during the own migration", new StoreMeetsOwnMigration()),
        new("endless_residency", "B46 (xe): a timeslice without end", new EndlessResidency()),
        new("tried_chunks_forgotten", "NVIDIA issue 1223: eviction in fault service spins", new TriedChunksForgotten()),
        new("restore_rescheduled_for_ever", "amdkfd: the restore worker reschedules itself for ever", new RestoreRescheduledForEver()),
        new("finalized_before_second_copy", "the kernel's rule: no finalize before the copy is complete", new FinalizedBeforeSecondCopy()),
    ];

    /// <summary>The machines of a bug, or the plain ones for <c>none</c>.</summary>
    public static IMachineMaker MakerOf(string name) => All.FirstOrDefault(mutant => mutant.Name == name)?.Machines ?? PlainMachines.Instance;
}
