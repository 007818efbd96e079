using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Schedules;

/// <summary>What the replay of a schedule showed.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Step">Steps that went as recorded.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Differences">After a divergence: what differs between the recorded state and the one met, <c>recorded -&gt;
/// met</c>.</param>
/// <param name="Run">The run, if it was reproduced.</param>
public sealed record ReplayResult(
    ReplayOutcome Outcome,
    int Step,
    string Message,
    IReadOnlyList<string> Differences,
    Counterexample? Run);
