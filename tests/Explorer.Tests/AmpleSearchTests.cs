using CsCheck;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Tests;

/// <summary>Ample sets against the known counts of PMIG-S and against full searches of random systems.</summary>
public sealed class AmpleSearchTests
{
    [Theory]
    [InlineData("T0,T1/T0,E0,T1/T1,T0,E1", 2_848, 4_650, 22)]
    [InlineData("T0,U0/T0,E0/T0,E0/T0", 6_183, 11_219, 49)]
    [InlineData("T0,T1/T0,T1/T1,T0/T0,E0", 15_720, 27_020, 88)]
    public void The_correct_protocol_has_the_known_reduced_state_space(
        string scripts,
        long states,
        long transitions,
        long terminals)
    {
        foreach (int workers in new[] { 1, 3 })
        {
            SearchResult result = AmpleSearch.Run(new PageMigrationModel(scripts), new SearchOptions { Workers = workers },
                keepGlobalProperties: false);
            Assert.Equal((SearchOutcome.Exhausted, states, transitions, terminals),
                (result.Outcome, result.States, result.Transitions, result.TerminalStates));
        }
    }

    [Fact]
    public void Ample_sets_and_symmetry_work_together()
    {
        PageMigrationModel model = new("T0,U0/T0,E0/T0,E0/T0");
        SearchResult result = AmpleSearch.RunSymmetric(model, model, new SearchOptions(), keepGlobalProperties: false);
        Assert.Equal((SearchOutcome.Exhausted, 3_169, 5_757), (result.Outcome, result.States, result.Transitions));
    }

    [Fact]
    public void Verdicts_and_terminal_states_are_those_of_the_full_search() =>
        RandomScripts.WithMutations.Sample(
            (scripts, mutation) =>
            {
                PageMigrationModel model = new(scripts, mutation);
                SearchResult full = BreadthFirstSearch.Run(model);
                SearchResult kept = AmpleSearch.Run(model, new SearchOptions());
                SearchResult keptSymmetric = AmpleSearch.RunSymmetric(model, model, new SearchOptions());
                Assert.Equal((full.Outcome, full.Counterexample?.Property), (kept.Outcome, kept.Counterexample?.Property));
                Assert.Equal(full.Outcome, keptSymmetric.Outcome);
                Assert.InRange(kept.States, 1, full.Outcome == SearchOutcome.Exhausted ? full.States : long.MaxValue);
                if (full.Outcome == SearchOutcome.Exhausted)
                {
                    SearchResult local = AmpleSearch.Run(model, new SearchOptions(), keepGlobalProperties: false);
                    Assert.Equal((full.TerminalStates, full.TerminalStates), (kept.TerminalStates, local.TerminalStates));
                    Assert.Equal((SearchOutcome.Exhausted, full.TerminalStates),
                        (local.Outcome, SourceDpor.Run(model).TerminalStates));
                }
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void A_step_that_waits_in_a_circle_is_taken_all_the_same()
    {
        // The first actor turns forever and would be chosen in every state; the second one's only step is bad.
        SearchResult result = AmpleSearch.Run(new CircleModel(), new SearchOptions());
        Assert.Equal(SearchOutcome.Violated, result.Outcome);
        Assert.Contains(1, result.Counterexample!.Transitions);
    }

    [Fact]
    public void A_wrong_claim_loses_a_violation_that_the_full_search_finds()
    {
        // Why the audit and the claims of a model matter: the same model, once with its visible step denied.
        Assert.Equal(SearchOutcome.Violated, AmpleSearch.Run(new HiddenStepModel(isHidden: false), new SearchOptions()).Outcome);
        Assert.Equal(SearchOutcome.Exhausted, AmpleSearch.Run(new HiddenStepModel(isHidden: true), new SearchOptions()).Outcome);
    }

    [Fact]
    public void The_compact_store_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            AmpleSearch.Run(new PageMigrationModel("T0/T0"), new SearchOptions { Store = StoreKind.Compact }));

    /// <summary>Actor 0 goes round three places; actor 1 takes one step, which violates the property.</summary>
    private sealed class CircleModel : TwoActors
    {
        public override int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
        {
            transitions[0] = 0;
            transitions[1] = 1;
            return state[1] == 0 ? 2 : 1;
        }

        public override void Apply(Span<ulong> state, int transition) => state[transition] = transition == 0
            ? (state[0] + 1) % 3
            : 1;

        public override int FindViolation(ReadOnlySpan<ulong> state) => state[1] == 1 ? 0 : ModelProperty.None;

        public override bool IsVisible(ReadOnlySpan<ulong> state, int transition) => transition == 1;
    }

    /// <summary>Each actor takes one step; it is bad if only the second has.</summary>
    private sealed class HiddenStepModel(bool isHidden) : TwoActors
    {
        public override int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
        {
            int count = 0;
            for (int actor = 0; actor < 2; actor++)
            {
                if (state[actor] == 0)
                {
                    transitions[count++] = actor;
                }
            }

            return count;
        }

        public override void Apply(Span<ulong> state, int transition) => state[transition] = 1;

        public override int FindViolation(ReadOnlySpan<ulong> state) => state[0] == 0 && state[1] == 1 ? 0 : ModelProperty.None;

        public override bool IsVisible(ReadOnlySpan<ulong> state, int transition) => !isHidden;
    }

    private abstract class TwoActors : IReducibleModel
    {
        public int StateWords => 2;

        public int InitialStateCount => 1;

        public int TransitionCount => 2;

        public int MaxEnabled => 2;

        public int ActorCount => 2;

        public IReadOnlyList<string> Properties => ["good"];

        public bool EveryRunEnds => false;

        public int ActorOf(int transition) => transition;

        public int PendingCount(ReadOnlySpan<ulong> state, int transition)
        {
            int[] enabled = new int[2];
            return enabled.AsSpan(0, WriteEnabled(state, enabled)).Contains(transition) ? 1 : 0;
        }

        public bool WaitsForItsActor(ReadOnlySpan<ulong> state, int transition) => true;

        public abstract bool IsVisible(ReadOnlySpan<ulong> state, int transition);

        public void WriteInitialState(int index, Span<ulong> state) => state.Clear();

        public abstract int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions);

        public abstract void Apply(Span<ulong> state, int transition);

        public abstract int FindViolation(ReadOnlySpan<ulong> state);

        public int FindTerminalViolation(ReadOnlySpan<ulong> state) => ModelProperty.None;

        public string DescribeState(ReadOnlySpan<ulong> state) => $"({state[0]}, {state[1]})";

        public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => $"step of {transition}";
    }
}
