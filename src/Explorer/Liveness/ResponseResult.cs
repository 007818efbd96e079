using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Liveness;

/// <summary>What <see cref="ResponseSearch"/> found.</summary>
public sealed record ResponseResult
{
    /// <summary>
    /// <see cref="SearchOutcome.Exhausted"/>, <see cref="SearchOutcome.Violated"/>, <see cref="SearchOutcome.StateLimit"/> or
    /// <see cref="SearchOutcome.Cancelled"/>.
    /// </summary>
    public required SearchOutcome Outcome { get; init; }

    /// <summary>Number of reachable states; 0 if a limit was met.</summary>
    public required int States { get; init; }

    /// <summary>Number of transitions between them; 0 if a limit was met.</summary>
    public required int Transitions { get; init; }

    /// <summary>A fair run that asks and is never given: a way to a cycle, and the cycle. Null if there is none.</summary>
    public required Counterexample? Lasso { get; init; }
}
