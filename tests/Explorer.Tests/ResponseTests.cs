using HmmSim.Explorer.Liveness;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Tests;

/// <summary>Response properties: the verdicts on German's protocol that TLC gives, and lassos that are what they claim.</summary>
public sealed class ResponseTests
{
    [Theory]
    [InlineData(2, 1_461, 4_026)]
    [InlineData(3, 27_513, 110_781)]
    public void A_requester_may_starve_under_weak_fairness_and_is_served_under_strong(int nodes, int states, int transitions)
    {
        GermanModel weak = new(nodes, dataValues: 1);
        ResponseResult starving = ResponseSearch.Run(weak);
        Assert.Equal((SearchOutcome.Violated, states, transitions), (starving.Outcome, starving.States, starving.Transitions));
        Counterexample lasso = starving.Lasso!;
        Assert.Equal("exclusive access for 0", lasso.PropertyName);
        Assert.Null(LassoCheck.FindObjection(weak, lasso));
        Assert.True(lasso.LoopStart < lasso.Length);
        // The others are served again and again while client 0 waits.
        Assert.Contains(lasso.Transitions.Skip(lasso.LoopStart!.Value), transition =>
            (transition & 15) == (int)GermanRule.ReceiveGrantExclusive);

        ResponseResult served = ResponseSearch.Run(new GermanModel(nodes, dataValues: 1, requestFairness: Fairness.Strong));
        Assert.Equal((SearchOutcome.Exhausted, states), (served.Outcome, served.States));
    }

    [Fact]
    public void The_way_to_the_cycle_is_no_longer_than_the_known_one()
    {
        Counterexample lasso = ResponseSearch.Run(new GermanModel(2, dataValues: 1)).Lasso!;
        Assert.InRange(lasso.LoopStart!.Value, 1, 4);
        Assert.InRange(lasso.Length - lasso.LoopStart.Value, 5, 16);
    }

    [Theory]
    [InlineData(Fairness.Weak, true)]
    [InlineData(Fairness.Strong, false)]
    public void A_door_that_opens_now_and_then_is_passed_only_under_strong_fairness(Fairness fairness, bool isViolated)
    {
        // 0 asks; 0 <-> 1 forever; the way to the goal, 2, is open in 1 only.
        ResponseResult result =
            ResponseSearch.Run(new ListedModel([(0, 0, 1), (1, 0, 0), (1, 1, 2)], 3, asks: 0, gives: 2, fairness));
        Assert.Equal(isViolated ? SearchOutcome.Violated : SearchOutcome.Exhausted, result.Outcome);
        Assert.Equal(isViolated ? [0, 0] : null, result.Lasso?.Transitions);
    }

    [Fact]
    public void A_door_that_stays_open_is_passed_under_weak_fairness() =>
        Assert.Equal(SearchOutcome.Exhausted,
            ResponseSearch.Run(new ListedModel([(0, 0, 1), (1, 0, 0), (0, 1, 2), (1, 1, 2)], 3, 0, 2, Fairness.Weak)).Outcome);

    [Fact]
    public void An_end_without_an_answer_is_a_violation()
    {
        Counterexample lasso = ResponseSearch.Run(new ListedModel([(0, 0, 1)], 3, asks: 0, gives: 2, Fairness.Weak)).Lasso!;
        Assert.Equal((1, 1), (lasso.LoopStart, lasso.Length));
    }

    [Fact]
    public void What_was_given_before_it_was_asked_for_does_not_count() =>
        Assert.Equal(SearchOutcome.Violated,
            ResponseSearch.Run(new ListedModel([(0, 0, 1), (1, 0, 2)], 3, asks: 1, gives: 0, Fairness.Weak)).Outcome);

    [Fact]
    public void An_unfair_or_broken_cycle_is_no_lasso()
    {
        GermanModel model = new(2, dataValues: 1);
        Counterexample lasso = ResponseSearch.Run(model).Lasso!;
        Assert.Contains("fair", LassoCheck.FindObjection(new GermanModel(2, 1, requestFairness: Fairness.Strong), lasso),
            StringComparison.Ordinal);
        Assert.Contains("cycle begins", LassoCheck.FindObjection(model, lasso with { LoopStart = 0 }), StringComparison.Ordinal);
        Assert.Contains("can go on", LassoCheck.FindObjection(model, lasso with { LoopStart = lasso.Length }),
            StringComparison.Ordinal);
        Assert.Contains("no response property", LassoCheck.FindObjection(model, lasso with { PropertyName = "peace" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_end_the_search()
    {
        Assert.Equal(SearchOutcome.StateLimit, ResponseSearch.Run(new GermanModel(2), maxStates: 100).Outcome);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Equal(SearchOutcome.Cancelled, ResponseSearch.Run(new GermanModel(2), cancellation: source.Token).Outcome);
    }

    /// <summary>
    /// A graph given by its edges (state, transition, state), begun in state 0; transition 1 is subject to the fairness
    /// condition, the other is not.
    /// </summary>
    private sealed class ListedModel(
        (int From, int Transition, int To)[] edges,
        int states,
        int asks,
        int gives,
        Fairness fairness) : IResponseModel
    {
        public int StateWords => 1;

        public int InitialStateCount => 1;

        public int TransitionCount => 2;

        public int MaxEnabled => 2;

        public IReadOnlyList<string> Properties => [];

        public IReadOnlyList<string> Responses => ["answer"];

        public int FairnessCount => 1;

        public void WriteInitialState(int index, Span<ulong> state) => state[0] = 0;

        public int WriteEnabled(ReadOnlySpan<ulong> state, Span<int> transitions)
        {
            int count = 0;
            foreach ((int from, int transition, int _) in edges)
            {
                if (from == (int)state[0])
                {
                    transitions[count++] = transition;
                }
            }

            return count;
        }

        public void Apply(Span<ulong> state, int transition)
        {
            int from = (int)state[0];
            state[0] = (ulong)(edges.First(edge => edge.From == from && edge.Transition == transition).To % states);
        }

        public int FindViolation(ReadOnlySpan<ulong> state) => ModelProperty.None;

        public int FindTerminalViolation(ReadOnlySpan<ulong> state) => ModelProperty.None;

        public bool IsAsked(ReadOnlySpan<ulong> state, int response) => (int)state[0] == asks;

        public bool IsGiven(ReadOnlySpan<ulong> state, int response) => (int)state[0] == gives;

        public int FairnessOf(int transition) => transition == 1 ? 0 : -1;

        public Fairness FairnessKind(int condition) => fairness;

        public string DescribeState(ReadOnlySpan<ulong> state) => $"{state[0]}";

        public string DescribeTransition(ReadOnlySpan<ulong> state, int transition) => $"t{transition}";
    }
}
