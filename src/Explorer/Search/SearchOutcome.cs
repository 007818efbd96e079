namespace HmmSim.Explorer.Search;

/// <summary>Why a search ended.</summary>
public enum SearchOutcome : byte
{
    /// <summary>All reachable states were visited and all have all properties.</summary>
    Exhausted,

    /// <summary>A state violates a property; <see cref="SearchResult.Counterexample"/> is a shortest way to one.</summary>
    Violated,

    /// <summary>More states were reached than <see cref="SearchOptions.MaxStates"/>.</summary>
    StateLimit,

    /// <summary>The next growth of the store would have exceeded <see cref="SearchOptions.MaxBytes"/>.</summary>
    MemoryLimit,

    /// <summary><see cref="SearchOptions.TimeLimit"/> is over.</summary>
    TimeLimit,

    /// <summary><see cref="SearchOptions.Cancellation"/> was requested.</summary>
    Cancelled,
}
