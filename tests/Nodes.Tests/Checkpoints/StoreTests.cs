using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;
using HmmSim.Nodes.Tests.Simulation;

namespace HmmSim.Nodes.Tests.Checkpoints;

/// <summary>Stores: a checkpoint is there whole or not at all, and a run goes on from it with the same result.</summary>
public sealed class StoreTests : IDisposable
{
    private static readonly Scenario Scenario = ScenarioLoader.Load(Path.Combine(Repository.Root, "scenarios", "quickstart.yaml"));
    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:")]
    public void A_run_goes_on_from_its_latest_checkpoint(string kind)
    {
        ICheckpointStore store = Open(kind);
        List<string> notes = [];
        CheckpointSettings settings = new() { Store = store, Every = TimeSpan.FromMilliseconds(1), LargestPauseShare = 1, Note = notes.Add };
        RunReport whole = Run(settings);
        Assert.True(settings.Tally.Taken > 2, $"{settings.Tally.Taken} checkpoints");
        Assert.True(settings.Tally.Bytes > 0);
        Assert.All(notes, note => Assert.StartsWith("checkpoint ", note, StringComparison.Ordinal));
        Assert.Equal(2, store.Numbers().Count);
        foreach (long number in store.Numbers())
        {
            SavedCheckpoint saved = SavedCheckpoint.Open(Open(kind), number);
            saved.RequireOf(CheckpointIdentity.Of(Scenario));
            saved.Verify();
            Assert.Equal(CheckpointIdentity.Of(Scenario), CheckpointIdentity.Of(saved.LoadScenario()));
            Assert.True(saved.Manifest.VirtualTime.Picoseconds > 0);
            Assert.Equal(ReportText.Of(whole), ReportText.Of(Run(new CheckpointSettings { From = saved }, lanes: 2)));
        }
    }

    [Fact]
    public void A_pause_puts_the_next_checkpoint_off_however_soon_it_was_asked_for()
    {
        CheckpointSettings settings = new() { Store = Open(""), Every = TimeSpan.FromMilliseconds(1), LargestPauseShare = 1e-9 };
        Run(settings);
        Assert.Equal(1, settings.Tally.Taken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:")]
    public void What_is_not_committed_leaves_no_trace(string kind)
    {
        ICheckpointStore store = Open(kind);
        Assert.Empty(store.Numbers());
        Write(store, 1);
        using (ICheckpointWriter writer = store.Begin(2))
        {
            writer.Append("part", [1, 2, 3]);
            Assert.Equal([1], store.Numbers());
        }

        Assert.Equal([1], Open(kind).Numbers());
        Write(store, 2);
        Assert.Equal([1, 2], store.Numbers());
        Write(store, 3);
        Assert.Equal([2, 3], store.Numbers());
        Assert.Equal([9, 7], store.ReadPiece(3, "part", 0, 2));
        Assert.Equal([7, 8, 5], store.ReadPiece(3, "part", 1, 10));
        Assert.Empty(store.ReadPiece(3, "part", 4, 10));
        Assert.Equal([42], store.ReadManifest(3));
        Assert.Throws<CheckpointException>(() => store.ReadManifest(1));
    }

    [Fact]
    public void What_a_killed_writer_has_left_is_removed_by_the_next()
    {
        ICheckpointStore store = Open("");
        string left = Path.Combine(store.Name, "checkpoint-000001.partial");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "part-000.bin"), "half");
        Assert.Empty(Open("").Numbers());
        Write(store, 1);
        Assert.False(Directory.Exists(left));
        Assert.Equal([1], store.Numbers());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:")]
    public void Checkpoints_of_another_run_are_not_overwritten(string kind)
    {
        Run(new CheckpointSettings { Store = Open(kind), Every = TimeSpan.FromMilliseconds(1), LargestPauseShare = 1 });
        CheckpointStores.RequireFreeFor(Open(kind), CheckpointIdentity.Of(Scenario));
        CheckpointException refusal = Assert.Throws<CheckpointException>(
            () => CheckpointStores.RequireFreeFor(Open(kind), CheckpointIdentity.Of(Scenario with { Seed = 77 })));
        Assert.Contains("one of 'quickstart' with seed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("name another store with --checkpoint-to", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_is_no_store_is_refused()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, new string('x', 5000));
        Refuses("a file (expected a folder for checkpoints)", () => CheckpointStores.Open(file));
        Refuses("a database of checkpoints", () => CheckpointStores.Open($"sqlite:{file}"));
        Refuses("'file', which is no checkpoint", () => CheckpointStores.Open(_folder));
        Refuses("without a complete checkpoint", () => SavedCheckpoint.Latest(Open("")));

        static void Refuses(string message, Func<object?> open) =>
            Assert.Contains(message, Assert.Throws<CheckpointException>(open).Message, StringComparison.Ordinal);
    }

    private static RunReport Run(CheckpointSettings settings, int lanes = 1) =>
        new ActorSimulator().Run(Scenario, new RunOptions { Lanes = lanes, Checkpoints = settings }, new Silent(), CancellationToken.None);

    private static void Write(ICheckpointStore store, long number)
    {
        using ICheckpointWriter writer = store.Begin(number);
        writer.Append("part", [9, 7]);
        writer.Append("part", [8, 5]);
        writer.Commit([42]);
    }

    private ICheckpointStore Open(string kind) => CheckpointStores.Open(kind + Path.Combine(_folder, kind.Length == 0 ? "saved" : "saved.db"));

    private sealed class Silent : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
        }
    }
}
