namespace HmmSim.Explorer.Runs;

/// <summary>What <see cref="RunSampler"/> does and when it ends.</summary>
public sealed record RunSamplerOptions
{
    /// <summary>How transitions are chosen.</summary>
    public SamplingStrategy Strategy { get; init; } = SamplingStrategy.RandomWalk;

    /// <summary>Selects the runs: the same seed gives the same runs in the same order.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of runs; at least 1.</summary>
    public long Runs { get; init; } = 10_000;

    /// <summary>
    /// A run is broken off after this many steps, and the next one begins; at least 1. Models without terminal states need it.
    /// </summary>
    public int MaxSteps { get; init; } = 1_000;

    /// <summary>
    /// For <see cref="SamplingStrategy.PriorityChanges"/> the depth d of the bugs looked for, for <see
    /// cref="SamplingStrategy.RandomDelays"/> one more than the number of delays; at least 1.
    /// </summary>
    public int BugDepth { get; init; } = 3;

    /// <summary>Ends the sampling early.</summary>
    public CancellationToken Cancellation { get; init; } = CancellationToken.None;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Runs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BugDepth, 1);
    }
}
