using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Tests;

/// <summary>How a search ends early and what it tells meanwhile.</summary>
public sealed class SearchLimitTests
{
    [Theory]
    [InlineData(1, StoreKind.Exact)]
    [InlineData(2, StoreKind.Exact)]
    [InlineData(2, StoreKind.Compact)]
    public void The_state_limit_leaves_the_complete_levels(int workers, StoreKind store)
    {
        SearchResult result =
            BreadthFirstSearch.Run(new GermanModel(3), new SearchOptions { MaxStates = 1_560, Workers = workers, Store = store });
        Assert.Equal(SearchOutcome.StateLimit, result.Outcome);
        Assert.Equal([2, 12, 36, 100, 228, 390, 792], result.LevelSizes);
        Assert.Null(result.Counterexample);
    }

    [Theory]
    [InlineData(GermanMutation.None)]
    [InlineData(GermanMutation.LoseWriteBack)]
    public void Where_a_limit_falls_does_not_depend_on_the_threads(GermanMutation mutation)
    {
        GermanModel model = new(3, mutation: mutation);
        long[] boundaries = [.. BreadthFirstSearch.Run(model).LevelSizes.Take(11).Scan()];
        foreach (long maxStates in boundaries.SelectMany(states => new[] { states - 1, states, states + 1 })
            .Where(states => states > 0))
        {
            SearchResult one = BreadthFirstSearch.Run(model, new SearchOptions { MaxStates = maxStates });
            foreach (int workers in new[] { 2, 4 })
            {
                SearchResult many = BreadthFirstSearch.Run(model, new SearchOptions { MaxStates = maxStates, Workers = workers });
                Assert.Equal((one.Outcome, one.Transitions, one.TerminalStates),
                    (many.Outcome, many.Transitions, many.TerminalStates));
                Assert.Equal(one.LevelSizes, many.LevelSizes);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_exception_of_the_model_arrives_as_it_was_thrown(int workers)
    {
        NotSupportedException thrown = Assert.Throws<NotSupportedException>(() =>
            BreadthFirstSearch.Run(new ThrowingModel(), new SearchOptions { Workers = workers }));
        Assert.Equal("state 40000", thrown.Message);
    }

    [Fact]
    public void A_limit_that_is_just_met_is_no_limit() =>
        Assert.Equal(SearchOutcome.Exhausted, BreadthFirstSearch.Run(new GermanModel(2), new SearchOptions { MaxStates = 3_390 })
            .Outcome);

    [Fact]
    public void The_memory_limit_ends_the_search_before_the_store_outgrows_it()
    {
        SearchResult result = BreadthFirstSearch.Run(new GermanModel(4), new SearchOptions { MaxBytes = 8 << 20 });
        Assert.Equal(SearchOutcome.MemoryLimit, result.Outcome);
        Assert.InRange(result.StoreBytes, 1, 8 << 20);
        Assert.InRange(result.States, 10_000, 1_000_000);
    }

    [Fact]
    public void The_time_limit_ends_the_search() =>
        Assert.Equal(SearchOutcome.TimeLimit,
            BreadthFirstSearch.Run(new GermanModel(4), new SearchOptions { TimeLimit = TimeSpan.Zero, Workers = 2 }).Outcome);

    [Fact]
    public void Progress_is_reported_and_may_cancel()
    {
        using CancellationTokenSource source = new();
        List<SearchProgress> reports = [];
        SearchResult result = BreadthFirstSearch.Run(new GermanModel(4), new SearchOptions
        {
            Cancellation = source.Token,
            ProgressInterval = TimeSpan.Zero,
            Progress = progress =>
            {
                reports.Add(progress);
                if (progress.States > 50_000)
                {
                    source.Cancel();
                }
            },
        });
        Assert.Equal(SearchOutcome.Cancelled, result.Outcome);
        Assert.True(reports.Count > 5);
        Assert.Equal(reports.Select(report => report.States).Order(), reports.Select(report => report.States));
        Assert.All(reports, report => Assert.True(report.StatesPerSecond > 0 && report.StoreBytes > 0));
        Assert.Equal(result.Depth, reports[^1].Depth);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(257, 1)]
    [InlineData(1, 0)]
    [InlineData(1, (1L << 30) + 1)]
    public void An_option_out_of_range_is_refused(int workers, long maxStates) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            BreadthFirstSearch.Run(new GermanModel(2), new SearchOptions { Workers = workers, MaxStates = maxStates }));

    [Fact]
    public void The_stores_keep_to_their_bytes_per_state()
    {
        double Bytes(StoreKind store) => BreadthFirstSearch.Run(new GermanModel(4),
            new SearchOptions { Store = store }) is var result ? (double)result.StoreBytes / result.States : 0;
        Assert.InRange(Bytes(StoreKind.Exact), 22, 60);
        Assert.InRange(Bytes(StoreKind.Compact), 8, 20);
    }
}
