using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Runs;

/// <summary>What <see cref="RunSampler"/> found.</summary>
public sealed record RunSamplerResult
{
    /// <summary>
    /// <see cref="RunOutcome.Violated"/>, <see cref="RunOutcome.RunLimit"/> (nothing found, which proves nothing) or <see
    /// cref="RunOutcome.Cancelled"/>.
    /// </summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Runs made, the violating one included.</summary>
    public required long Runs { get; init; }

    /// <summary>Runs that were broken off at <see cref="RunSamplerOptions.MaxSteps"/>.</summary>
    public required long BrokenOffRuns { get; init; }

    /// <summary>Transitions taken in all runs.</summary>
    public required long Steps { get; init; }

    /// <summary>Number of steps of the longest run.</summary>
    public required int LongestRun { get; init; }

    /// <summary>The violating run, in general longer than the shortest one; or null.</summary>
    public required Counterexample? Counterexample { get; init; }
}
