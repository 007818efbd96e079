using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Tests;

/// <summary>
/// Partial-order sampling, delays and swarms: they find seeded bugs, are the same for a seed, and choose as their papers say.
/// </summary>
public sealed class StrategyTests
{
    private const string TwoDevices = "T0,U0/T0,E0/T0";

    [Theory]
    [InlineData(SamplingStrategy.PartialOrder, PageMigrationMutation.IgnoreCrossingEviction)]
    [InlineData(SamplingStrategy.PartialOrder, PageMigrationMutation.QueueCrossingEviction)]
    [InlineData(SamplingStrategy.RandomDelays, PageMigrationMutation.QueueCrossingEviction)]
    public void Each_seed_finds_a_shallow_bug_and_finds_it_again(SamplingStrategy strategy, PageMigrationMutation mutation)
    {
        PageMigrationModel model = new(TwoDevices, mutation);
        for (ulong seed = 0; seed < 20; seed++)
        {
            RunSamplerOptions options = new() { Strategy = strategy, Seed = seed, Runs = 10_000, BugDepth = 4 };
            RunSamplerResult once = RunSampler.Run(model, options);
            Assert.Equal(RunOutcome.Violated, once.Outcome);
            Assert.Equal(once.Counterexample!.Transitions, RunSampler.Run(model, options).Counterexample!.Transitions);
        }
    }

    [Fact]
    public void Partial_order_sampling_keeps_the_priorities_of_other_actors()
    {
        // Two processes at each of two actors: as long as one actor runs, the order of the other's two stays.
        PartialOrderChooser chooser = new([0, 0, 1, 1]);
        int kept = 0;
        int turned = 0;
        for (int run = 0; run < 2_000; run++)
        {
            chooser.BeginRun(SplitMix.OfRun(9, run), 10);
            int[] order = [chooser.Choose([0, 1, 2, 3], 0), chooser.Choose([0, 1, 2, 3], 1)];
            kept += order[0] / 2 != order[1] / 2 ? 1 : 0;
            turned += order[0] / 2 == order[1] / 2 && order[0] != order[1] ? 1 : 0;
        }

        // The greatest of one actor's two draws, of the other's two and of the two new ones are alike; that the other actor,
        // which lost to the first, beats the third is one order of six among the three that have it lose: a third. The rest is
        // shared evenly by the actor's two processes.
        Assert.InRange(kept, 600, 735);
        Assert.InRange(turned, 600, 735);
    }

    [Fact]
    public void Partial_order_sampling_needs_actors() =>
        Assert.Throws<ArgumentException>(() =>
            RunSampler.Run(new GermanModel(2), new RunSamplerOptions { Strategy = SamplingStrategy.PartialOrder }));

    [Fact]
    public void Without_delays_the_round_robin_goes_on_until_something_is_disabled()
    {
        DelayChooser chooser = new(5, delays: 0);
        chooser.BeginRun(SplitMix.OfRun(1, 0), 1);
        Assert.Equal([1, 1, 3, 4, 0],
            new int[][] { [1, 3], [1, 4], [3, 0], [4, 0, 2], [0, 2] }.Select((enabled, step) => chooser.Choose(enabled, step)));
    }

    [Fact]
    public void A_delay_passes_over_the_one_whose_turn_it_is()
    {
        DelayChooser chooser = new(3, delays: 1);
        for (int run = 0; run < 200; run++)
        {
            chooser.BeginRun(SplitMix.OfRun(2, run), 6);
            int[] taken = [.. Enumerable.Range(0, 6).Select(step => chooser.Choose([0, 1, 2], step))];
            Assert.Equal([0, 1], taken.Prepend(0).Distinct());
            Assert.Equal(taken.Order(), taken);
        }
    }

    [Fact]
    public void Without_delays_there_is_one_run_and_with_many_all()
    {
        PageMigrationModel model = new(TwoDevices);
        SearchResult none = DelayBounded.Run(model, 0, new SearchOptions());
        Assert.Equal((SearchOutcome.Exhausted, none.Depth + 1L, 1), (none.Outcome, none.States, none.TerminalStates));
        long before = 0;
        for (int delays = 0; delays < 6; delays++)
        {
            SearchResult result = DelayBounded.Run(model, delays, new SearchOptions());
            Assert.True(result.States > before);
            before = result.States;
        }

        // Enough delays allow every order: every bug is found, at its shortest distance.
        foreach (PageMigrationMutation mutation in new[] { PageMigrationMutation.IgnoreCrossingEviction,
            PageMigrationMutation.QueueCrossingEviction })
        {
            PageMigrationModel mutant = new(TwoDevices, mutation);
            Assert.Equal(BreadthFirstSearch.Run(mutant).Counterexample!.Length, DelayBounded.Run(mutant, 100, new SearchOptions())
                .Counterexample!.Length);
        }
    }

    [Theory]
    [InlineData(PageMigrationMutation.QueueCrossingEviction)]
    [InlineData(PageMigrationMutation.IgnoreCrossingEviction)]
    public void A_few_delays_are_enough_for_a_bug_and_the_run_is_one_of_the_model(PageMigrationMutation mutation)
    {
        PageMigrationModel model = new(TwoDevices, mutation);
        SearchResult found = Enumerable.Range(0, 6).Select(delays => DelayBounded.Run(model, delays, new SearchOptions()))
            .First(result => result.Outcome == SearchOutcome.Violated);
        Assert.Equal(model.StateWords, found.Counterexample!.States[0].Length);
    }

    [Fact]
    public void A_swarm_is_the_same_for_any_number_of_threads()
    {
        PageMigrationModel model = new("T0,T1/T0,T1/T1,T0/T0,E0", PageMigrationMutation.QueueCrossingEviction);
        SwarmOptions options = new() { Seed = 3, RunsPerMember = 200 };
        SwarmResult one = Swarm.Run(model, options);
        Assert.Equal(RunOutcome.Violated, one.Sampling.Outcome);
        foreach (int workers in new[] { 2, 5 })
        {
            SwarmResult many = Swarm.Run(model, options with { Workers = workers });
            Assert.Equal((one.Finder!.Number, one.Sampling.Runs, one.Sampling.Steps),
                (many.Finder!.Number, many.Sampling.Runs, many.Sampling.Steps));
            Assert.Equal(one.Sampling.Counterexample!.Transitions, many.Sampling.Counterexample!.Transitions);
        }
    }

    [Fact]
    public void The_members_of_a_swarm_differ_in_everything_that_is_drawn()
    {
        IReadOnlyList<SwarmMember> members =
            Swarm.MembersOf(new PageMigrationModel(TwoDevices), new SwarmOptions { Members = 64 });
        Assert.Equal(Enum.GetValues<SamplingStrategy>(), members.Select(member => member.Options.Strategy).Distinct().Order());
        Assert.Equal(6, members.Select(member => member.Options.BugDepth).Distinct().Count());
        Assert.Equal(4, members.Select(member => member.Options.MaxSteps).Distinct().Count());
        Assert.Equal(64, members.Select(member => member.Options.Seed).Distinct().Count());
        Assert.Contains(members, member => member.Avoided.Count == 0);
        Assert.Contains(members, member => member.Avoided.Count > 2);
    }

    [Fact]
    public void An_avoided_transition_waits_until_nothing_else_is_enabled()
    {
        AvoidingModel model = new(new PageMigrationModel(TwoDevices), [0, 2]);
        ulong[] state = new ulong[model.StateWords];
        int[] enabled = new int[model.MaxEnabled];
        model.WriteInitialState(0, state);
        Assert.Equal([1], enabled[..model.WriteEnabled(state, enabled)]);
        Assert.Equal([0, 1, 2],
            enabled[..new AvoidingModel(new PageMigrationModel(TwoDevices), [0, 1, 2]).WriteEnabled(state, enabled)]);
        SwarmResult correct =
            Swarm.Run(new PageMigrationModel(TwoDevices), new SwarmOptions { RunsPerMember = 100, MaxSteps = 50 });
        Assert.Equal((RunOutcome.RunLimit, 1_600), (correct.Sampling.Outcome, correct.Sampling.Runs));
    }
}
