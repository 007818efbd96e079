using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Samples;

namespace HmmSim.Explorer.Tests;

/// <summary>Random runs: they find seeded bugs, are the same for a seed, and choose as their strategy says.</summary>
public sealed class RunSamplerTests
{
    private const string TwoDevices = "T0,U0/T0,E0/T0";

    [Theory]
    [InlineData(SamplingStrategy.RandomWalk, PageMigrationMutation.IgnoreCrossingEviction, TwoDevices)]
    [InlineData(SamplingStrategy.RandomWalk, PageMigrationMutation.QueueCrossingEviction, TwoDevices)]
    [InlineData(SamplingStrategy.PriorityChanges, PageMigrationMutation.IgnoreCrossingEviction, TwoDevices)]
    [InlineData(SamplingStrategy.PriorityChanges, PageMigrationMutation.QueueCrossingEviction, TwoDevices)]
    [InlineData(SamplingStrategy.RandomWalk, PageMigrationMutation.IgnoreCrossingEviction, "T0,T1/T0,T1/T1,T0/T0,E0")]
    [InlineData(SamplingStrategy.PriorityChanges, PageMigrationMutation.QueueCrossingEviction, "T0,T1/T0,T1/T1,T0/T0,E0")]
    public void Each_seed_finds_a_shallow_bug_within_a_thousand_runs(
        SamplingStrategy strategy,
        PageMigrationMutation mutation,
        string scripts)
    {
        PageMigrationModel model = new(scripts, mutation);
        for (ulong seed = 0; seed < 20; seed++)
        {
            RunSamplerResult result =
                RunSampler.Run(model, new RunSamplerOptions { Strategy = strategy, Seed = seed, Runs = 1_000 });
            Assert.Equal(RunOutcome.Violated, result.Outcome);
            Assert.InRange(result.Counterexample!.Length, 11, 60);
        }
    }

    [Theory]
    [InlineData(SamplingStrategy.RandomWalk)]
    [InlineData(SamplingStrategy.PriorityChanges)]
    public void The_correct_protocol_passes(SamplingStrategy strategy)
    {
        RunSamplerResult result =
            RunSampler.Run(new PageMigrationModel(TwoDevices), new RunSamplerOptions { Strategy = strategy, Runs = 2_000 });
        Assert.Equal((RunOutcome.RunLimit, 2_000, 0), (result.Outcome, result.Runs, result.BrokenOffRuns));
        Assert.InRange(result.LongestRun, 15, 21);
        Assert.InRange(result.Steps, 2_000 * 15, 2_000 * 21);
    }

    [Theory]
    [InlineData(SamplingStrategy.RandomWalk)]
    [InlineData(SamplingStrategy.PriorityChanges)]
    public void A_seed_gives_the_same_runs_again(SamplingStrategy strategy)
    {
        PageMigrationModel model = new(TwoDevices, PageMigrationMutation.IgnoreCrossingEviction);
        RunSamplerResult Once(ulong seed) => RunSampler.Run(model, new RunSamplerOptions { Strategy = strategy, Seed = seed });
        Assert.Equal(Once(7).Counterexample!.Transitions, Once(7).Counterexample!.Transitions);
        Assert.Equal((Once(7).Runs, Once(7).Steps), (Once(7).Runs, Once(7).Steps));
        Assert.True(Enumerable.Range(0, 5).Select(seed => string.Join(' ', Once((ulong)seed).Counterexample!.Transitions))
            .Distinct().Count() > 1);
    }

    [Fact]
    public void A_run_without_end_is_broken_off()
    {
        RunSamplerResult result = RunSampler.Run(new GermanModel(2), new RunSamplerOptions { Runs = 10, MaxSteps = 100 });
        Assert.Equal((RunOutcome.RunLimit, 10, 10, 1_000), (result.Outcome, result.Runs, result.BrokenOffRuns, result.Steps));
    }

    [Fact]
    public void Cancelling_ends_the_sampling()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Equal(RunOutcome.Cancelled,
            RunSampler.Run(new GermanModel(2), new RunSamplerOptions { Cancellation = source.Token }).Outcome);
    }

    [Fact]
    public void A_random_walk_takes_each_enabled_transition_equally_often()
    {
        UniformChooser chooser = new();
        chooser.BeginRun(SplitMix.OfRun(3, 0), 1);
        int[] counts = new int[5];
        for (int step = 0; step < 50_000; step++)
        {
            counts[chooser.Choose([0, 1, 2, 3, 4], step)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Without_changes_priorities_are_one_order_for_the_whole_run()
    {
        HashSet<string> orders = [];
        PriorityChooser chooser = new(4, bugDepth: 1);
        for (int run = 0; run < 2_000; run++)
        {
            chooser.BeginRun(SplitMix.OfRun(5, run), 100);
            List<int> rest = [0, 1, 2, 3];
            List<int> order = [];
            while (rest.Count > 0)
            {
                int chosen = chooser.Choose([.. rest], order.Count);
                Assert.Equal(chosen, chooser.Choose([.. rest], order.Count + 50));
                order.Add(chosen);
                rest.Remove(chosen);
            }

            orders.Add(string.Concat(order));
        }

        Assert.Equal(24, orders.Count);
    }

    [Fact]
    public void A_change_lets_the_running_transition_fall_behind_all_others()
    {
        PriorityChooser chooser = new(3, bugDepth: 3);
        for (int run = 0; run < 500; run++)
        {
            chooser.BeginRun(SplitMix.OfRun(11, run), 10);
            int[] taken = [.. Enumerable.Range(0, 10).Select(step => chooser.Choose([0, 1, 2], step))];
            int[] changes = [.. Enumerable.Range(1, 9).Where(step => taken[step] != taken[step - 1])];
            Assert.InRange(changes.Length, 0, 2);
            Assert.Equal(taken.Distinct().Count(), changes.Length + 1);
        }
    }
}
