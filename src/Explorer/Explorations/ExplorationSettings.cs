using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Explorations;

/// <summary>With what, how far and with which luck a model is explored. An engine ignores what it has no use for.</summary>
public sealed record ExplorationSettings
{
    /// <summary>The engine.</summary>
    public EngineKind Engine { get; init; } = EngineKind.BreadthFirst;

    /// <summary>Selects the runs of the random engines.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of random runs, or the most runs of source-DPOR; at least 1.</summary>
    public long Runs { get; init; } = 10_000;

    /// <summary>The most steps in a random run; at least 1.</summary>
    public int MaxSteps { get; init; } = 1_000;

    /// <summary>Depth of the bugs that <see cref="EngineKind.PriorityChanges"/> looks for; at least 1.</summary>
    public int BugDepth { get; init; } = 3;

    /// <summary>Delays of <see cref="EngineKind.DelayBounded"/> and <see cref="EngineKind.RandomDelays"/>; at least 0.</summary>
    public int Delays { get; init; } = 2;

    /// <summary>
    /// Whether <see cref="EngineKind.Ample"/> keeps the verdicts of properties that look at several actors at one instant.
    /// </summary>
    public bool KeepGlobalProperties { get; init; } = true;

    /// <summary>How the searches tell states apart.</summary>
    public StoreKind Store { get; init; } = StoreKind.Exact;

    /// <summary>Number of threads, 1 to 256; the result does not depend on it.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The most states; 1 to 2^30.</summary>
    public long MaxStates { get; init; } = 1L << 30;

    /// <summary>The most memory of the store, in bytes.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>The most wall-clock time.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.MaxValue;

    /// <summary>Where a search that ends early is kept, and whether it goes on from there; null for neither.</summary>
    public SearchCheckpoint? Checkpoint { get; init; }

    /// <summary>Is told how far a search is.</summary>
    public Action<SearchProgress>? Progress { get; init; }

    /// <summary>The shortest wall-clock time between two reports of progress.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Ends the exploration early.</summary>
    public CancellationToken Cancellation { get; init; } = CancellationToken.None;

    /// <summary>The part that concerns a search of states.</summary>
    internal SearchOptions SearchOptions => new()
    {
        Store = Store,
        Workers = Workers,
        MaxStates = MaxStates,
        MaxBytes = MaxBytes,
        TimeLimit = TimeLimit,
        Checkpoint = Checkpoint,
        Progress = Progress,
        ProgressInterval = ProgressInterval,
        Cancellation = Cancellation,
    };
}
