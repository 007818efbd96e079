using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Tests;

/// <summary>The search against the counts of German's protocol, on which Rumur, Spin, TLC and Stateright agree.</summary>
public sealed class GermanTests
{
    private static readonly Dictionary<int, long[]> LevelSizes = new()
    {
        [2] = [2, 8, 16, 40, 72, 100, 212, 340, 408, 480, 432, 300, 238, 248, 206, 140, 84, 48, 16],
        [3] =
        [
            2, 12, 36, 100, 228, 390, 792, 1656, 2496, 3126, 3690, 3726, 3522, 3768, 4320, 4524, 4478, 4404, 4200, 3700, 3084,
                2462, 1716, 972, 460,
            192, 48,
        ],
        [4] =
        [
            2, 16, 64, 208, 560, 1160, 2392, 5464, 10272, 14872, 19304, 23728, 26684, 30168, 37364, 46920, 55448, 63416, 71868,
                78808, 82350, 83576,
            82652, 77920, 70320, 61920, 52104, 40272, 28554, 18640, 10664, 5024, 1952, 640, 128,
        ],
    };

    [Theory]
    [InlineData(2, 3_390, 9_912, 18, StoreKind.Exact, 1)]
    [InlineData(2, 3_390, 9_912, 18, StoreKind.Compact, 2)]
    [InlineData(3, 58_104, 235_872, 26, StoreKind.Exact, 1)]
    [InlineData(3, 58_104, 235_872, 26, StoreKind.Exact, 3)]
    [InlineData(3, 58_104, 235_872, 26, StoreKind.Compact, 1)]
    [InlineData(3, 58_104, 235_872, 26, StoreKind.Compact, 3)]
    [InlineData(4, 1_105_434, 5_922_288, 34, StoreKind.Exact, 2)]
    [InlineData(4, 1_105_434, 5_922_288, 34, StoreKind.Compact, 2)]
    public void The_correct_protocol_has_the_known_state_space(
        int nodes,
        long states,
        long transitions,
        int depth,
        StoreKind store,
        int workers)
    {
        SearchResult result =
            BreadthFirstSearch.Run(new GermanModel(nodes), new SearchOptions { Store = store, Workers = workers });
        Assert.Equal(SearchOutcome.Exhausted, result.Outcome);
        Assert.Equal((states, transitions, depth), (result.States, result.Transitions, result.Depth));
        Assert.Equal(LevelSizes[nodes], result.LevelSizes);
        Assert.Equal(0, result.TerminalStates);
        Assert.Equal(store == StoreKind.Compact, result.ExpectedOmissions > 0);
        Assert.True(result.ExpectedOmissions < 1e-7);
    }

    [Theory]
    [InlineData(2, 1_461, 4_026)]
    [InlineData(3, 27_513, 110_781)]
    [InlineData(4, 544_617, 2_918_052)]
    public void One_data_value_leaves_the_control_part(int nodes, long states, long transitions)
    {
        SearchResult result = BreadthFirstSearch.Run(new GermanModel(nodes, dataValues: 1));
        Assert.Equal((SearchOutcome.Exhausted, states, transitions), (result.Outcome, result.States, result.Transitions));
    }

    [Theory]
    [InlineData(2, false, 1_704, 4_982)]
    [InlineData(3, false, 10_470, 42_578)]
    [InlineData(4, false, 56_176, 301_168)]
    [InlineData(3, true, 5_235, 21_289)]
    public void Symmetry_leaves_one_state_of_each_orbit(int nodes, bool dataSymmetry, long orbits, long transitions)
    {
        SearchResult result =
            SymmetricSearch.Run(new GermanModel(nodes, dataSymmetry: dataSymmetry), new SearchOptions { Workers = 2 });
        Assert.Equal((SearchOutcome.Exhausted, orbits, transitions), (result.Outcome, result.States, result.Transitions));
    }

    [Theory]
    [InlineData(GermanMutation.GrantExclusiveWhileShared, GermanModel.ControlProperty, 8)]
    [InlineData(GermanMutation.GrantSharedWhileExclusive, GermanModel.ControlProperty, 8)]
    [InlineData(GermanMutation.LoseWriteBack, GermanModel.DataProperty, 10)]
    [InlineData(GermanMutation.AcceptRequestWhileBusy, GermanModel.DataProperty, 17)]
    public void A_seeded_bug_is_found_at_its_shortest_distance(GermanMutation mutation, int property, int length)
    {
        for (int nodes = 2; nodes <= 3; nodes++)
        {
            GermanModel model = new(nodes, mutation: mutation);
            Counterexample run = Violation(BreadthFirstSearch.Run(model), property, length);
            foreach ((StoreKind store, int workers) in new[] { (StoreKind.Exact, 3), (StoreKind.Compact, 1),
                (StoreKind.Compact, 2) })
            {
                SearchResult other = BreadthFirstSearch.Run(model, new SearchOptions { Store = store, Workers = workers });
                Assert.Equal(run.Transitions, Violation(other, property, length).Transitions);
            }

            Violation(SymmetricSearch.Run(model, new SearchOptions()), property, length);
        }
    }

    [Theory]
    [InlineData(GermanMutation.GrantExclusiveWhileShared, GermanModel.ControlProperty, 8)]
    [InlineData(GermanMutation.GrantSharedWhileExclusive, GermanModel.ControlProperty, 8)]
    [InlineData(GermanMutation.LoseWriteBack, GermanModel.DataProperty, 10)]
    [InlineData(GermanMutation.AcceptRequestWhileBusy, GermanModel.DataProperty, 17)]
    public void A_seeded_bug_among_four_nodes_is_found_with_symmetry(GermanMutation mutation, int property, int length) =>
        Violation(SymmetricSearch.Run(new GermanModel(4, mutation: mutation), new SearchOptions { Workers = 2 }), property,
            length);

    [Fact]
    public void A_counterexample_reads_as_steps_and_states()
    {
        GermanModel model = new(2, mutation: GermanMutation.GrantSharedWhileExclusive);
        string[] lines = [.. BreadthFirstSearch.Run(model).Counterexample!.Describe(model)];
        Assert.Equal(10, lines.Length);
        Assert.StartsWith("1. SendRequestShared 0: home shared memory=1 latest=1 | 0: I ReqS | 1: I", lines[1],
            StringComparison.Ordinal);
        Assert.Equal("violates CtrlProp", lines[^1]);
    }

    private static Counterexample Violation(SearchResult result, int property, int length)
    {
        Assert.Equal(SearchOutcome.Violated, result.Outcome);
        Assert.Equal((property, length), (result.Counterexample!.Property, result.Counterexample.Length));
        Assert.Equal(length, result.Depth);
        return result.Counterexample;
    }
}
