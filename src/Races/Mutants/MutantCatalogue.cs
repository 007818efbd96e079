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
        new("one_mirror_erased", "test_hmm: only one of several mirrors is erased", new OneMirrorErased()),
    ];

    /// <summary>The machines of a bug, or the plain ones for <c>none</c>.</summary>
    public static IMachineMaker MakerOf(string name) => All.FirstOrDefault(mutant => mutant.Name == name)?.Machines ?? PlainMachines.Instance;
}
