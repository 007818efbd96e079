using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Symmetry;

namespace HmmSim.Explorer.Tests;

/// <summary>
/// A search that was ended early goes on from its file to the result that an undisturbed one has; other files are refused with
/// the reason.
/// </summary>
public sealed class ResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-resume-").FullName;

    private string Kept => Path.Combine(_folder, "kept.search");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(StoreKind.Exact, 1, 1)]
    [InlineData(StoreKind.Exact, 3, 1)]
    [InlineData(StoreKind.Exact, 1, 2)]
    [InlineData(StoreKind.Compact, 1, 1)]
    [InlineData(StoreKind.Compact, 2, 3)]
    public void Many_pieces_give_the_result_of_one_search(StoreKind store, int workers, int workersAfter)
    {
        foreach (GermanMutation mutation in new[] { GermanMutation.None, GermanMutation.LoseWriteBack,
            GermanMutation.AcceptRequestWhileBusy })
        {
            GermanModel model = new(3, mutation: mutation);
            SearchResult whole = BreadthFirstSearch.Run(model, new SearchOptions { Store = store });
            SearchResult last = InPieces(options => BreadthFirstSearch.Run(
                model,
                options with { Store = store, Workers = options.Checkpoint!.Resume ? workersAfter : workers }));
            Compare(whole, last);
        }
    }

    [Fact]
    public void The_quotient_and_ample_sets_go_on_too()
    {
        GermanModel german = new(4);
        Compare(
            SymmetricSearch.Run(german, new SearchOptions()),
            InPieces(options => SymmetricSearch.Run(german, options)));
        PageMigrationModel pages = new("T0,T1/T0,T1/T1,T0/T0,E0");
        Compare(
            AmpleSearch.Run(pages, new SearchOptions()),
            InPieces(options => AmpleSearch.Run(pages, options)));
    }

    [Fact]
    public void Limits_of_states_and_of_memory_keep_the_search_as_well()
    {
        GermanModel model = new(3);
        SearchResult few = BreadthFirstSearch.Run(model, new SearchOptions { MaxStates = 5_000, Checkpoint = New() });
        Assert.Equal(SearchOutcome.StateLimit, few.Outcome);
        SearchResult small = BreadthFirstSearch.Run(model, new SearchOptions { MaxBytes = 2 << 20, Checkpoint = Again() });
        Assert.Equal(SearchOutcome.MemoryLimit, small.Outcome);
        Assert.True(small.States > few.States);
        Compare(BreadthFirstSearch.Run(model), BreadthFirstSearch.Run(model, new SearchOptions { Checkpoint = Again() }));
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public void A_search_that_ends_by_itself_leaves_no_file()
    {
        BreadthFirstSearch.Run(new GermanModel(2), new SearchOptions { Checkpoint = New() });
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Every_damaged_byte_is_noticed()
    {
        Keep();
        byte[] whole = File.ReadAllBytes(Kept);
        foreach (int place in new[] { 0, 9, 16, 40, 200, whole.Length / 2, whole.Length - 9, whole.Length - 1 })
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 0x10;
            File.WriteAllBytes(Kept, damaged);
            string expected = place < 8 ? "is no kept search" : place < 16 ? "of the format" : "damaged";
            Assert.Contains(expected, Refusal(), StringComparison.Ordinal);
        }

        foreach (int length in new[] { 0, 7, 100, whole.Length - 8 })
        {
            File.WriteAllBytes(Kept, whole[..length]);
            Assert.Contains(length < 24 ? "is no kept search" : "damaged", Refusal(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_search_of_something_else_is_refused()
    {
        Keep();
        Assert.Contains("keeps the search of 'german'", Refusal(identity: "another"), StringComparison.Ordinal);
        Assert.Contains("Exact store of states of 2 words", Refusal(store: StoreKind.Compact), StringComparison.Ordinal);
        Assert.Contains("Exact store of states of 2 words", Refusal(nodes: 5), StringComparison.Ordinal);
        File.Delete(Kept);
        Assert.Contains("does not exist", Refusal(), StringComparison.Ordinal);
    }

    private static void Compare(SearchResult whole, SearchResult last)
    {
        Assert.Equal((whole.Outcome, whole.Transitions, whole.TerminalStates),
            (last.Outcome, last.Transitions, last.TerminalStates));
        Assert.Equal(whole.LevelSizes, last.LevelSizes);
        Assert.Equal(whole.Counterexample?.Transitions, last.Counterexample?.Transitions);
    }

    /// <summary>
    /// Lets a search go on again and again, each time with a somewhat higher limit, which ends it in the middle of a level.
    /// </summary>
    private SearchResult InPieces(Func<SearchOptions, SearchResult> search)
    {
        long limit = 100;
        SearchResult result = search(new SearchOptions { MaxStates = limit, Checkpoint = New() });
        int pieces = 1;
        for (; result.Outcome == SearchOutcome.StateLimit; pieces++)
        {
            limit += 100 + (limit / 4);
            result = search(new SearchOptions { MaxStates = limit, Checkpoint = Again() });
        }

        Assert.True(pieces > 5, $"the search ended in {pieces} pieces");
        return result;
    }

    private void Keep() =>
        BreadthFirstSearch.Run(new GermanModel(3), new SearchOptions { MaxStates = 2_000, Checkpoint = New() });

    private string Refusal(string identity = "german", StoreKind store = StoreKind.Exact, int nodes = 3) =>
        Assert.Throws<InputException>(() => BreadthFirstSearch.Run(
        new GermanModel(nodes),
        new SearchOptions { Store = store, Checkpoint = new SearchCheckpoint(Kept, identity, Resume: true) })).Message;

    private SearchCheckpoint New() => new(Kept, "german", Resume: false);

    private SearchCheckpoint Again() => new(Kept, "german", Resume: true);
}
