namespace HmmSim.Explorer.Search;

/// <summary>How <see cref="BreadthFirstSearch"/> works and when it gives up.</summary>
public sealed record SearchOptions
{
    /// <summary>How states are told apart.</summary>
    public StoreKind Store { get; init; } = StoreKind.Exact;

    /// <summary>Number of threads that expand states, 1 to 256. The result does not depend on it.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The search ends once it has more states than this; 1 to 2^30.</summary>
    public long MaxStates { get; init; } = 1L << 30;

    /// <summary>Memory of the store, in bytes, that the search does not knowingly exceed.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>
    /// Wall-clock time after which the search ends. The second search for a counterexample (see <see cref="BreadthFirstSearch"/>)
    /// does not count.
    /// </summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.MaxValue;

    /// <summary>Ends the search early.</summary>
    public CancellationToken Cancellation { get; init; } = CancellationToken.None;

    /// <summary>
    /// Where a search that a limit or the user ends early is kept, and whether to go on from there; null for neither. The file is
    /// written only when the search ends early, and is deleted when a search that went on from it is complete.
    /// </summary>
    public SearchCheckpoint? Checkpoint { get; init; }

    /// <summary>Is told how far the search is, on the thread that runs it.</summary>
    public Action<SearchProgress>? Progress { get; init; }

    /// <summary>The shortest wall-clock time between two reports of <see cref="Progress"/>.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Workers, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxStates, Stores.StateStore.MaxStates);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeLimit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ProgressInterval, TimeSpan.Zero);
    }
}
