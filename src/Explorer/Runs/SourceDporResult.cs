using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Runs;

/// <summary>What <see cref="SourceDpor"/> found.</summary>
public sealed record SourceDporResult
{
    /// <summary>Why it ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Complete runs, one for each Mazurkiewicz trace if the outcome is <see cref="RunOutcome.Exhausted"/>.</summary>
    public required long Runs { get; init; }

    /// <summary>Runs that were broken off because all that could follow was covered already: wasted work.</summary>
    public required long BlockedRuns { get; init; }

    /// <summary>Transitions taken.</summary>
    public required long Events { get; init; }

    /// <summary>Number of different terminal states.</summary>
    public required long TerminalStates { get; init; }

    /// <summary>The first violating run met, which need not be a shortest one; or null.</summary>
    public required Counterexample? Counterexample { get; init; }
}
