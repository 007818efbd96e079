namespace HmmSim.Explorer.Search;

/// <summary>
/// What a search found. All counts are of complete levels, so that they do not depend on the number of threads; a level that a
/// limit broke off is not counted. A level with a violation is completed.
/// </summary>
public sealed record SearchResult
{
    /// <summary>Why the search ended.</summary>
    public required SearchOutcome Outcome { get; init; }

    /// <summary>Number of states at each distance from the initial states.</summary>
    public required IReadOnlyList<long> LevelSizes { get; init; }

    /// <summary>Number of different states.</summary>
    public long States => LevelSizes.Sum();

    /// <summary>Distance of the last level; the initial states have 0.</summary>
    public int Depth => LevelSizes.Count - 1;

    /// <summary>Number of transitions out of the states of the levels that were expanded completely.</summary>
    public required long Transitions { get; init; }

    /// <summary>Number of expanded states without an enabled transition.</summary>
    public required long TerminalStates { get; init; }

    /// <summary>A shortest way to a violation, the same for every number of threads; null if none was found.</summary>
    public required Counterexample? Counterexample { get; init; }

    /// <summary>Largest memory of the store, in bytes. While its table grows, the former table is held besides.</summary>
    public required long StoreBytes { get; init; }

    /// <summary>
    /// The expected number of states that a compact store has lost, and so a bound of the probability that it lost any; 0 for an
    /// exact store.
    /// </summary>
    public required double ExpectedOmissions { get; init; }
}
