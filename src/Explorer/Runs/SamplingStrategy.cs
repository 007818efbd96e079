namespace HmmSim.Explorer.Runs;

/// <summary>How <see cref="RunSampler"/> chooses the next transition.</summary>
public enum SamplingStrategy : byte
{
    /// <summary>
    /// Any enabled transition, all with the same probability. Good on shallow bugs, and the baseline for everything else.
    /// </summary>
    RandomWalk,

    /// <summary>
    /// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A randomized scheduler with probabilistic
    /// guarantees of finding bugs", ASPLOS 2010): each transition number has a random priority, the enabled one of highest
    /// priority is taken, and at d - 1 random steps the one about to be taken falls below all others. With n transition numbers
    /// and runs of k steps, a bug of depth d (one that d ordering constraints provoke) shows in a run with a probability of at
    /// least 1 / (n k^(d-1)).
    /// </summary>
    PriorityChanges,

    /// <summary>
    /// Partial-order sampling (Yuan, Yang, Gu: "Partial order aware concurrency sampling", CAV 2018): each pending step has a
    /// random priority, the highest is taken, and the steps that race with it (those of the same actor) draw theirs again. Needs
    /// an <see cref="Models.IActorModel"/>.
    /// </summary>
    PartialOrder,

    /// <summary>
    /// Delay bounding with random delays (Emmi, Qadeer, Rakamaric: "Delay-bounded scheduling", POPL 2011): a round robin that
    /// runs each process until it is disabled, and passes over the running one at a few random steps.
    /// </summary>
    RandomDelays,
}
