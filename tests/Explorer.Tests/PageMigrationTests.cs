using HmmSim.Explorer.Models;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Tests;

/// <summary>The engines against the counts of PMIG-S.</summary>
public sealed class PageMigrationTests
{
    /// <summary>
    /// Scripts, states, transitions, terminal states, shortest interleavings to five digits, traces, events of source-DPOR.
    /// </summary>
    public static TheoryData<string, long, long, long, string, long, long> Rows => new()
    {
        { "T0,U0/T0,E0/T0", 671, 1_358, 11, "2.597E+05", 220, 1_609 },
        { "T0,U0/T0,E0,T0/T0,E0", 2_415, 5_321, 26, "4.9867E+07", 3_073, 22_638 },
        { "T0,T1/T0,E0,T1/T1,T0,E1", 3_544, 8_022, 22, "2.4458E+10", 13_887, 115_455 },
        { "T0,U0/T0,E0/T0,E0/T0", 9_188, 24_032, 49, "1.3869E+09", 10_698, 77_003 },
        { "T0,T1/T0,E0/T1,E1/T0", 5_025, 14_293, 12, "3.314E+10", 12_669, 83_695 },
        { "T0,T1/T0,T1/T1,T0/T0,E0", 23_250, 61_786, 88, "3.9825E+14", 855_708, 5_826_866 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_correct_protocol_has_the_known_state_space(
        string scripts,
        long states,
        long transitions,
        long terminals,
        string interleavings,
        long traces,
        long events)
    {
        PageMigrationModel model = new(scripts);
        foreach (int workers in new[] { 1, 2 })
        {
            SearchResult result = BreadthFirstSearch.Run(model, new SearchOptions { Workers = workers });
            Assert.Equal((SearchOutcome.Exhausted, states, transitions, terminals),
                (result.Outcome, result.States, result.Transitions, result.TerminalStates));
        }

        Assert.Equal(interleavings, Digits(InterleavingCounter.CountShortest(model)));

        SourceDporResult runs = SourceDpor.Run(model);
        Assert.Equal((RunOutcome.Exhausted, traces, 0, events, terminals),
            (runs.Outcome, runs.Runs, runs.BlockedRuns, runs.Events, runs.TerminalStates));
    }

    [Theory]
    [InlineData("T0,U0/T0", 148)]
    [InlineData("T0/T0,E0/T0", 34_244)]
    [InlineData("T0,U0/T0,E0/T0", 1_208_242)]
    public void Interleavings_are_as_many_as_brute_force_meets(string scripts, long interleavings)
    {
        PageMigrationModel model = new(scripts);
        Assert.Equal(interleavings, CountRuns(model, new ulong[model.StateWords]));
        Assert.Equal((UInt128)interleavings, InterleavingCounter.Count(model));
    }

    [Fact]
    public void Symmetry_leaves_one_state_of_each_orbit()
    {
        SearchResult result = SymmetricSearch.Run(new PageMigrationModel("T0,U0/T0,E0/T0,E0/T0"), new SearchOptions());
        Assert.Equal((SearchOutcome.Exhausted, 4_666, 12_242), (result.Outcome, result.States, result.Transitions));
    }

    [Fact]
    public void Devices_with_different_scripts_are_not_interchangeable() =>
        Assert.Equal(1, new PageMigrationModel("T0,T1/T0,E0,T1/T1,T0,E1").PermutationCount);

    [Theory]
    [InlineData("T0,U0/T0,E0/T0", PageMigrationMutation.IgnoreCrossingEviction, PageMigrationModel.SingleHolder, 13)]
    [InlineData("T0,U0/T0,E0/T0,E0/T0", PageMigrationMutation.IgnoreCrossingEviction, PageMigrationModel.SingleHolder, 13)]
    [InlineData("T0,T1/T0,T1/T1,T0/T0,E0", PageMigrationMutation.IgnoreCrossingEviction, PageMigrationModel.SingleHolder, 13)]
    [InlineData("T0/T0,E0", PageMigrationMutation.IgnoreCrossingEviction, PageMigrationModel.NoLostWrite, 11)]
    [InlineData("T0,U0/T0,E0/T0", PageMigrationMutation.QueueCrossingEviction, PageMigrationModel.DeadlockFreedom, 11)]
    [InlineData("T0,T1/T0,T1/T1,T0/T0,E0", PageMigrationMutation.QueueCrossingEviction, PageMigrationModel.DeadlockFreedom, 16)]
    [InlineData("T0/T0,E0", PageMigrationMutation.QueueCrossingEviction, PageMigrationModel.DeadlockFreedom, 9)]
    [InlineData("T0,E0/", PageMigrationMutation.KeepOwnerAfterEviction, PageMigrationModel.NoLeak, 6)]
    [InlineData("U0/T0", PageMigrationMutation.UnmapWithoutWaiting, PageMigrationModel.NoUnhandledMessage, 7)]
    public void A_seeded_bug_is_found_at_its_shortest_distance(
        string scripts,
        PageMigrationMutation mutation,
        int property,
        int length)
    {
        PageMigrationModel model = new(scripts, mutation);
        SearchOptions[] ways =
            [new(), new() { Workers = 3 }, new() { Store = StoreKind.Compact }, new() { Store = StoreKind.Compact, Workers = 2 }];
        Counterexample[] runs = [.. ways.Select(options => BreadthFirstSearch.Run(model, options).Counterexample!)];
        Assert.All(runs, run => Assert.Equal((property, length), (run.Property, run.Length)));
        Assert.All(runs, run => Assert.Equal(runs[0].Transitions, run.Transitions));
        Assert.Equal(length, SymmetricSearch.Run(model, new SearchOptions()).Counterexample!.Length);
    }

    /// <summary>
    /// Source-DPOR need not see two holders at one instant, but the lost write and the deadlock that follow are local.
    /// </summary>
    [Theory]
    [InlineData(PageMigrationMutation.IgnoreCrossingEviction, PageMigrationModel.NoLostWrite)]
    [InlineData(PageMigrationMutation.QueueCrossingEviction, PageMigrationModel.DeadlockFreedom)]
    public void Source_dpor_finds_what_is_local(PageMigrationMutation mutation, int property)
    {
        SourceDporResult result = SourceDpor.Run(new PageMigrationModel("T0,U0/T0,E0/T0", mutation));
        Assert.Equal((RunOutcome.Violated, property), (result.Outcome, result.Counterexample!.Property));
    }

    [Fact]
    public void The_claimed_symmetry_and_independence_hold()
    {
        PageMigrationModel model = new("T0,U0/T0,E0/T0,E0/T0");
        Assert.Null(SymmetryAudit.FindContradiction(model, long.MaxValue));
        Assert.Null(IndependenceAudit.FindContradiction(model, long.MaxValue));
    }

    [Theory]
    [InlineData("X0/T0", "'X0'")]
    [InlineData("T0,T/T0", "'T'")]
    [InlineData("T0,Ta", "'Ta'")]
    public void A_malformed_script_names_the_operation(string scripts, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => new PageMigrationModel(scripts))
            .Message, StringComparison.Ordinal);

    [Fact]
    public void A_counterexample_names_messages_and_owners()
    {
        PageMigrationModel model = new("T0/T0,E0", PageMigrationMutation.QueueCrossingEviction);
        string[] lines = [.. BreadthFirstSearch.Run(model).Counterexample!.Describe(model)];
        Assert.Contains(lines, line =>
            line.Contains("home <- device 1: Evict 0(1): page 0: owner device 1", StringComparison.Ordinal));
        Assert.Equal("violates deadlock freedom", lines[^1]);
    }

    private static string Digits(UInt128 count) => ((double)count)
        .ToString("0.####E+00", System.Globalization.CultureInfo.InvariantCulture);

    private static long CountRuns(PageMigrationModel model, ulong[] state)
    {
        int[] enabled = new int[model.MaxEnabled];
        int count = model.WriteEnabled(state, enabled);
        long runs = count == 0 ? 1 : 0;
        for (int position = 0; position < count; position++)
        {
            ulong[] successor = [.. state];
            model.Apply(successor, enabled[position]);
            runs += CountRuns(model, successor);
        }

        return runs;
    }
}
