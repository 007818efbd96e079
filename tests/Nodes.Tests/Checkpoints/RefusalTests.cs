using System.Text;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;
using HmmSim.Nodes.Tests.Simulation;

namespace HmmSim.Nodes.Tests.Checkpoints;

/// <summary>A damaged, truncated or foreign checkpoint is refused with the file, the field, what is there, what was expected and what to do.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Manifest = "checkpoint-000001/manifest.json";
    private const string Part = "checkpoint-000001/part-000.bin";
    private static readonly Scenario Scenario = SmallScenario.OneDevice;
    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-refusal-").FullName;

    public RefusalTests()
    {
        using LocalSimulation simulation = new(Scenario, 1);
        CutRun.RunPiece(simulation, 20);
        RunCut cut = simulation.Cut();
        using MemoryStream content = new();
        PartFile.Write(content, cut);
        byte[] bytes = content.ToArray();
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        FolderCheckpointStore store = FolderCheckpointStore.Open(_folder);
        CheckpointNumbers numbers = new(Scenario, store);
        using ICheckpointWriter writer = store.Begin(numbers.Next());
        writer.Append("part-000.bin", bytes);
        writer.Commit(ManifestText.Write(
            numbers.Manifest(1, cut.Earliest.Picoseconds, cut.LastStep.Picoseconds, [new CheckpointPart("part-000.bin", bytes.Length, digest, cut.Nodes)])));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_untouched_one_is_accepted() => Use(Scenario);

    [Theory]
    [InlineData(Part, "size", 0.0)]
    [InlineData(Part, "size", 0.5)]
    [InlineData(Manifest, "the text", 0.0)]
    [InlineData(Manifest, "the text", 0.7)]
    public void A_truncated_file(string file, string field, double kept)
    {
        byte[] bytes = File.ReadAllBytes(PathOf(file));
        File.WriteAllBytes(PathOf(file), bytes[..(int)(bytes.Length * kept)]);
        Refused(Scenario, file, field);
    }

    [Theory]
    [InlineData(Part)]
    [InlineData(Manifest)]
    public void A_missing_file(string file)
    {
        File.Delete(PathOf(file));
        Refused(Scenario, file, "the file is missing");
    }

    [Fact]
    public void Any_changed_byte_of_a_part()
    {
        byte[] bytes = File.ReadAllBytes(PathOf(Part));
        for (int at = 0; at < bytes.Length; at += 1 + (bytes.Length / 50))
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 0x10;
            File.WriteAllBytes(PathOf(Part), changed);
            Refused(Scenario, Part, "sha256");

            // And should a manifest go with the changed part, then the part itself notices, unless its state is the same: deflate has bits
            // that say nothing.
            Exception? exception = Record.Exception(() =>
            {
                RunCut cut = PartFile.Read(changed, "part");
                Assert.All(PartFile.Read(bytes, "part").States, state => Assert.Equal(state.Value, cut.States[state.Key]));
            });
            Assert.True(exception is null or CheckpointException or KeyNotFoundException, $"{at}: {exception}");
        }
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 99", "format is 99 (expected 1)")]
    [InlineData("\"number\": 1", "\"number\": 2", "check is ")]
    [InlineData("\"virtualTimePicoseconds\": ", "\"virtualTimePicoseconds\": 1", "check is ")]
    [InlineData("\"seed\"", "\"sead\"", "seed is missing")]
    [InlineData("\"seed\": ", "\"seed\": -", "the text is no manifest")]
    public void A_changed_manifest(string from, string to, string what)
    {
        string text = File.ReadAllText(PathOf(Manifest));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(Manifest), text.Replace(from, to, StringComparison.Ordinal), new UTF8Encoding(false));
        Refused(Scenario, Manifest, what);
    }

    [Fact]
    public void Another_seed() => Refused(Scenario with { Seed = 6 }, Manifest, $"seed is {Scenario.Seed} (expected 6); go on with --seed {Scenario.Seed}");

    [Fact]
    public void Another_scenario() => Refused(
        Scenario.WithDevice(device => device with { BatchSize = 7 }), Manifest, $"it is of another scenario, '{Scenario.Name}'");

    [Fact]
    public void Another_version_of_the_program()
    {
        SavedCheckpoint saved = SavedCheckpoint.Latest(FolderCheckpointStore.Open(_folder));
        CheckpointManifest other = saved.Manifest with { Identity = saved.Manifest.Identity with { Program = "9.9.9+other" } };
        File.WriteAllBytes(PathOf(Manifest), ManifestText.Write(other));
        Refused(Scenario, Manifest, "program is 9.9.9+other (expected ");
    }

    [Fact]
    public void A_part_without_a_node_of_the_scenario()
    {
        RunCut cut = SavedCheckpoint.Latest(FolderCheckpointStore.Open(_folder)).Read();
        SortedDictionary<int, byte[]> fewer = new(cut.States.Where(state => state.Key != 1).ToDictionary());
        CheckpointException refusal = Assert.Throws<CheckpointException>(
            () => new LocalSimulation(Scenario, 1, new RunCut(fewer, cut.Earliest, cut.LastStep)).Dispose());
        Assert.Contains("the state of gpu0 is missing", refusal.Message, StringComparison.Ordinal);
    }

    private void Use(Scenario scenario)
    {
        SavedCheckpoint saved = SavedCheckpoint.Latest(FolderCheckpointStore.Open(_folder));
        saved.RequireOf(CheckpointIdentity.Of(scenario));
        saved.Verify();
        using LocalSimulation simulation = new(scenario, 1, saved.Read());
    }

    private void Refused(Scenario scenario, string file, string what)
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => Use(scenario));
        Assert.StartsWith(PathOf(file), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("(expected ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("); ", refusal.Message, StringComparison.Ordinal);
    }

    private string PathOf(string file) => Path.Combine(_folder, file);
}
