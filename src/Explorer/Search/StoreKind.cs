namespace HmmSim.Explorer.Search;

/// <summary>How a search tells a state it has seen from a new one.</summary>
public enum StoreKind : byte
{
    /// <summary>
    /// By all its words: nothing is ever lost. 8 bytes per word, 6 for the way back and 11 to 16 for the table, per state.
    /// </summary>
    Exact,

    /// <summary>
    /// By its 64-bit hash: 11 to 16 bytes per state whatever its length. <see cref="SearchResult.ExpectedOmissions"/> states what
    /// may be lost.
    /// </summary>
    Compact,
}
