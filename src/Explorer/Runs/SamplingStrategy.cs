namespace HmmSim.Explorer.Runs;

/// <summary>How <see cref="RunSampler"/> chooses the next transition.</summary>
public enum SamplingStrategy : byte
{
    /// <summary>Any enabled transition, all with the same probability. Good on shallow bugs, and the baseline for everything else.</summary>
    RandomWalk,

    /// <summary>
    /// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A randomized scheduler with probabilistic guarantees of finding
    /// bugs", ASPLOS 2010): each transition number has a random priority, the enabled one of highest priority is taken, and at d - 1 random
    /// steps the one about to be taken falls below all others. With n transition numbers and runs of k steps, a bug of depth d (one that d
    /// ordering constraints provoke) shows in a run with a probability of at least 1 / (n k^(d-1)).
    /// </summary>
    PriorityChanges,
}
