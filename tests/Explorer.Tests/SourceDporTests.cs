using CsCheck;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Tests;

/// <summary>
/// Reduced explorations against full ones on random scripts of the page migration sample, correct and with seeded bugs.
/// </summary>
public sealed class SourceDporTests
{
    [Fact]
    public void Terminal_states_are_those_of_the_full_search() =>
        RandomScripts.Any.Sample(
            scripts =>
            {
                PageMigrationModel model = new(scripts);
                NaiveSearch naive = NaiveSearch.Run(model);
                SourceDporResult reduced = SourceDpor.Run(model);
                Assert.Equal((RunOutcome.Exhausted, naive.TerminalStates), (reduced.Outcome, reduced.TerminalStates));
                Assert.Null(naive.Violation);
                Assert.InRange(reduced.Runs, naive.TerminalStates, long.MaxValue);
                SearchResult full = BreadthFirstSearch.Run(model);
                SearchResult quotient = SymmetricSearch.Run(model, new SearchOptions());
                Assert.Equal(naive.LevelSizes, full.LevelSizes);
                Assert.Equal((full.Outcome, full.Depth), (quotient.Outcome, quotient.Depth));
                Assert.InRange(quotient.States, full.States / model.PermutationCount, full.States);
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void Verdicts_are_those_of_the_full_search_with_seeded_bugs() =>
        Gen.Select(RandomScripts.Any, Gen.Bool.Select(queues => queues
            ? PageMigrationMutation.QueueCrossingEviction
            : PageMigrationMutation.IgnoreCrossingEviction)).Sample(
            (scripts, mutation) =>
            {
                PageMigrationModel model = new(scripts, mutation);
                SearchResult full = BreadthFirstSearch.Run(model);
                SearchResult quotient = SymmetricSearch.Run(model, new SearchOptions());
                Assert.Equal((full.Outcome, full.Counterexample?.Length), (quotient.Outcome, quotient.Counterexample?.Length));
                SourceDporResult reduced = SourceDpor.Run(model);
                if (full.Outcome == SearchOutcome.Exhausted || full.Counterexample!.IsTerminal)
                {
                    Assert.Equal(full.Outcome == SearchOutcome.Violated, reduced.Outcome == RunOutcome.Violated);
                }
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void A_wrong_independence_loses_terminal_states()
    {
        // What the audit is for: one terminal state is reached only in the orders that the reduction takes for equal to others.
        FaultyModel model = new(ModelFault.SharedVariable);
        Assert.Equal(2, NaiveSearch.Run(model).TerminalStates);
        Assert.Equal(1, SourceDpor.Run(model).TerminalStates);
        Assert.NotNull(Models.IndependenceAudit.FindContradiction(model, 100));
    }

    [Fact]
    public void Limits_end_the_exploration()
    {
        PageMigrationModel model = new("T0,U0/T0,E0,T0/T0,E0");
        SourceDporResult few = SourceDpor.Run(model, new SourceDporOptions { MaxRuns = 10 });
        Assert.Equal((RunOutcome.RunLimit, 10), (few.Outcome, few.Runs));
        Assert.Equal(RunOutcome.StepLimit, SourceDpor.Run(model, new SourceDporOptions { MaxSteps = 5 }).Outcome);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Equal(RunOutcome.Cancelled, SourceDpor.Run(model, new SourceDporOptions { Cancellation = source.Token }).Outcome);
    }
}
