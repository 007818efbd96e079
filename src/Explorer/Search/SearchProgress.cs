namespace HmmSim.Explorer.Search;

/// <summary>How far a search is.</summary>
/// <param name="States">States reached so far.</param>
/// <param name="StatesAtBegin">Those of them that a kept search had reached when this one went on from it.</param>
/// <param name="Depth">The level that is being expanded; the initial states are level 0.</param>
/// <param name="Frontier">States of this level that are still to be expanded.</param>
/// <param name="StoreBytes">Memory of the store.</param>
/// <param name="EstimatedStates">
/// How many states there may be in the end, if levels go on shrinking as the last two complete ones did; null as long as they
/// grow, when nothing can be said.
/// </param>
/// <param name="Elapsed">Wall-clock time since the search began.</param>
public readonly record struct SearchProgress(
    long States,
    long StatesAtBegin,
    int Depth,
    long Frontier,
    long StoreBytes,
    long? EstimatedStates,
    TimeSpan Elapsed)
{
    /// <summary>States that this search has reached per second of wall-clock time.</summary>
    public double StatesPerSecond => (States - StatesAtBegin) / Math.Max(Elapsed.TotalSeconds, 1e-9);
}
