using System.Text.Json;
using HmmSim.Nodes.Simulation;

namespace HmmSim.Cli.Tests;

/// <summary>Checkpoints on the command line: a run that goes on from one writes the same result, and what cannot be used is refused with 2.</summary>
public sealed class CheckpointCommandTests : IDisposable
{
    private static readonly string Quickstart = Path.Combine(Repository.Root, "scenarios", "quickstart.yaml");
    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-checkpoints-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string Saved => Path.Combine(_folder, "saved");

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:")]
    public async Task A_run_that_goes_on_from_a_checkpoint_has_the_result_of_a_whole_one(string kind)
    {
        string store = kind + Saved;
        Assert.Equal(ExitCode.Ok, await RunAsync("run", Quickstart, "--output", PathOf("whole")));
        Assert.Equal(ExitCode.Ok, await RunAsync("run", Quickstart, "--output", PathOf("with"), "--checkpoint-every", "1ms", "--checkpoint-to", store));
        Assert.Contains("quickstart: checkpoint 1 at ", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await RunAsync("run", "--resume", store, "--output", PathOf("resumed"), "--lanes", "2"));
        Assert.Equal(ExitCode.Ok, await RunAsync("run", Quickstart, "--resume", store, "--output", PathOf("again"), "--checkpoint-every", "1ms"));
        Assert.Equal(HashOf("whole"), HashOf("with"));
        Assert.Equal(HashOf("whole"), HashOf("resumed"));
        Assert.Equal(HashOf("whole"), HashOf("again"));
    }

    [Fact]
    public async Task Checkpoints_that_cannot_be_used_are_refused_before_anything_runs()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("run", Quickstart, "--output", PathOf("with"), "--checkpoint-every", "1ms", "--checkpoint-to", Saved));
        string other = Path.Combine(Repository.Root, "scenarios", "two-hosts.yaml");
        await RefusedAsync("it is of another scenario, 'quickstart'", "run", other, "--resume", Saved, "--seed", SeedOf("with"));
        await RefusedAsync("manifest.json: seed is ", "run", Quickstart, "--resume", Saved, "--seed", "99");
        await RefusedAsync("one of this run, or none", "run", other, "--checkpoint-every", "1s", "--checkpoint-to", Saved);
        string latest = Directory.GetDirectories(Saved).Max(StringComparer.Ordinal)!;
        await File.AppendAllTextAsync(Path.Combine(latest, "part-000.bin"), "more");
        await RefusedAsync("part-000.bin: size is ", "run", "--resume", Saved);
        Assert.Contains("to go on from checkpoint", _error.ToString(), StringComparison.Ordinal);
        Directory.Delete(latest, recursive: true);
        Assert.Equal(ExitCode.Ok, await RunAsync("run", "--resume", Saved, "--output", PathOf("older")));
        Assert.Equal(HashOf("with"), HashOf("older"));
    }

    [Theory]
    [InlineData("--checkpoint-every is '0s' (expected a duration of at least 1ms, such as 30s or 500ms)", "run", "x.yaml", "--checkpoint-every", "0s")]
    [InlineData("--checkpoint-every is 'often' (expected a duration", "run", "x.yaml", "--checkpoint-every", "often")]
    [InlineData("--checkpoint-to is of no use alone", "run", "x.yaml", "--checkpoint-to", "saved")]
    [InlineData("FILE is missing (expected a scenario such as scenarios/quickstart.yaml, or --resume STORE)", "run")]
    [InlineData("its content is without a complete checkpoint", "run", "--resume", "no-such-folder")]
    public Task A_bad_option_is_refused_with_what_was_expected(string message, params string[] arguments) => RefusedAsync(message, arguments);

    [Fact]
    public Task A_script_of_calls_has_no_checkpoints() => RefusedAsync(
        "a script of calls runs between two calls only",
        "run",
        Directory.GetFiles(Path.Combine(Repository.Root, "scenarios", "selftests"))
            .Order(StringComparer.Ordinal)
            .First(file => file.EndsWith(".yaml", StringComparison.Ordinal)),
        "--checkpoint-every",
        "1s");

    private async Task RefusedAsync(string message, params string[] arguments)
    {
        Assert.Equal(ExitCode.BadInput, await RunAsync(arguments));
        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) =>
        HmmSimCommand.RunAsync(arguments, () => new ActorSimulator(), _output, TextWriter.Synchronized(_error));

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string HashOf(string name) => Result(name).GetProperty("traceHash").GetString()!;

    private string SeedOf(string name) => Result(name).GetProperty("provenance").GetProperty("seed").GetRawText();

    private JsonElement Result(string name)
    {
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(PathOf(name), "result.json")));
        return result.RootElement.Clone();
    }
}
