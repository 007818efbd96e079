using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>All seeded bugs.</summary>
public static class MutantCatalogue
{
    /// <summary>The bugs, by number.</summary>
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("fault_without_reference", "B1 (16ce101db85d): a fault on a private page without a reference", new FaultWithoutReference()),
        new("counted_waiters", "B2 (1afaeb8293c9): faulters hold references and stop each other", new CountedWaiters()),
        new("spinning_waiters", "B3 (b570f37a2ce4): who loses the page lock starves its holder", new SpinningWaiters()),
        new("late_tlb_flush", "B4 (60bae7370896): TLBs are flushed after the page table is let go", new LateTlbFlush()),
        new("dirty_bit_lost", "B5 (fd35ca3d12cc): the dirty bit is lost in collect", new DirtyBitLost()),
        new("unlocked_take_back", "B6 (7c7b962938dd): an exclusive page is taken back without a reference", new UnlockedTakeBack()),
        new("foreign_page_refused", "B7 (8a295dbbaf72): a second device cannot fault a private page", new ForeignPageRefused()),
        new("owner_not_compared", "B8 (08ddddda667b): no comparison of owners", new OwnerNotCompared()),
        new("counted_sequence_as_flag", "B9 (04ec32fbc2b2): a valid flag instead of a sequence", new CountedSequenceAsFlag()),
        new("mirror_forgotten_early", "B10 (319561669a59): a notifier is removed before the invalidation ends", new MirrorForgottenEarly()),
        new("sequence_read_again", "B11 (962d684b5dc0): the sequence is read again for each chunk", new SequenceReadAgain()),
        new("retry_with_old_sequence", "B12 (342981fff328): a walk is tried again with the old sequence", new RetryWithOldSequence()),
        new("source_kept_on_lru", "B13 (41cddf83d8b0): a freed source on the LRU list", new SourceKeptOnLru()),
        new("references_expected_early", "B14 (CVE-2026-89755): references counted before the swap cache is left", new ReferencesExpectedEarly()),
        new("dirty_bit_misread", "B15: a present entry's accessors on a special entry", new DirtyBitMisread()),
        new("close_without_eviction", "B16 (744dd97752ef): the mirror is freed while pages remain", new CloseWithoutEviction()),
        new("retry_keeps_lock", "B17 (b3fefbb30a16): a retry for exclusive access leaks the lock", new RetryKeepsLock()),
        new("copy_error_ignored", "B18 (835745a377a4): a copy error is ignored", new CopyErrorIgnored()),
        new("finalize_before_contents", "B18 (CVE-2024-50096): finalize goes by destinations, not by contents", new FinalizeBeforeContents()),
        new("mirror_gone_before_its_fault", "B19 (b46ddaf08234): a fault outlives its mirror", new MirrorGoneBeforeItsFault()),
        new("invalidation_waits_for_driver", "B20 (2577b202458c): notifier lock against page lock", new InvalidationWaitsForDriver()),
        new("walk_used_unchecked", "B21 (0a98219bcc96): pages of a walk used without a check", new WalkUsedUnchecked()),
        new("late_teardown", "B22 (333b89063361): a mapping survives its invalidation", new LateTeardown()),
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
        new("hole_not_looked_at_again", "the kernel's rule: a hole is looked at again before a page is inserted", new HoleNotLookedAtAgain()),
        new("finalized_before_second_copy", "the kernel's rule: no finalize before the copy is complete", new FinalizedBeforeSecondCopy()),
        new("one_mirror_erased", "test_hmm: only one of several mirrors is erased", new OneMirrorErased()),
    ];

    /// <summary>The machines of a bug, or the plain ones for <c>none</c>.</summary>
    public static IMachineMaker MakerOf(string name) => All.FirstOrDefault(mutant => mutant.Name == name)?.Machines ?? PlainMachines.Instance;
}
