using CsCheck;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Tests;

/// <summary>The search against a naive one on random transition systems.</summary>
public sealed class RandomSystemTests
{
    private static readonly SearchOptions[] Ways =
    [
        new(),
        new() { Workers = 3 },
        new() { Store = StoreKind.Compact },
        new() { Store = StoreKind.Compact, Workers = 2 },
    ];

    [Fact]
    public void Counts_and_verdicts_are_those_of_a_naive_search() =>
        TableModel.Gen.Sample(
            model =>
            {
                NaiveSearch naive = NaiveSearch.Run(model);
                IReadOnlyList<int>? transitions = null;
                foreach (SearchOptions way in Ways)
                {
                    SearchResult result = BreadthFirstSearch.Run(model, way);
                    Assert.Equal(naive.LevelSizes, result.LevelSizes);
                    Assert.Equal(naive.Transitions, result.Transitions);
                    Assert.Equal(naive.TerminalStates, result.TerminalStates);
                    Assert.Equal(naive.Violation is null ? SearchOutcome.Exhausted : SearchOutcome.Violated, result.Outcome);
                    Assert.Equal(naive.Violation, result.Counterexample is { } found ? (found.Length, found.IsTerminal) : null);
                    transitions ??= result.Counterexample?.Transitions;
                    Assert.Equal(transitions, result.Counterexample?.Transitions);
                }
            },
            iter: 400,
            threads: 1);

    [Fact]
    public void A_wide_system_is_the_same_for_any_number_of_threads()
    {
        // Levels of thousands of states, so that the workers really share them.
        WideModel model = new(17);
        SearchResult one = BreadthFirstSearch.Run(model);
        Assert.Equal((SearchOutcome.Exhausted, 1L << 17, 17L << 16), (one.Outcome, one.States, one.Transitions));
        foreach (StoreKind store in Enum.GetValues<StoreKind>())
        {
            SearchResult many = BreadthFirstSearch.Run(model, new SearchOptions { Workers = 8, Store = store });
            Assert.Equal(one.LevelSizes, many.LevelSizes);
            Assert.Equal((one.Transitions, one.TerminalStates), (many.Transitions, many.TerminalStates));
        }
    }

    /// <summary>All subsets of a set: each transition adds a member.</summary>
    internal readonly struct WideModel(int members) : IModel
    {
        public int StateWords => 1;

        public int InitialStateCount => 1;

        public int TransitionCount => members;

        public int MaxEnabled => members;

        public IReadOnlyList<string> Properties => [];

        public void WriteInitialState(int index, Span<ulong> state) => state[0] = 0;

        public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
        {
            int count = 0;
            for (int member = 0; member < members; member++)
            {
                if ((state[0] >> member & 1) == 0)
                {
                    transitions[count++] = member;
                }
            }

            return count;
        }

        public void Apply(Span<ulong> state, int transition) => state[0] |= 1UL << transition;

        public int FindViolation(ReadOnlySpan<ulong> state) => ModelProperty.None;

        public int FindTerminalViolation(ReadOnlySpan<ulong> state) => ModelProperty.None;

        public string DescribeState(ReadOnlySpan<ulong> state) => $"{state[0]:x}";

        public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => $"add {transition}";
    }
}
