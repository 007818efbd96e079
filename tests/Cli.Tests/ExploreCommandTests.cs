using HmmSim.Explorer.Reports;

namespace HmmSim.Cli.Tests;

/// <summary>The commands explore and replay in this process: exit codes, messages, and what they leave on the disk.</summary>
public sealed class ExploreCommandTests : IDisposable
{
    private const string Crossing = """
        model: page-migration
        parameters: { mutation: ignore_crossing_eviction }
        scripts:
          cpu: [touch 0, unmap 0]
          device1: [touch 0, evict 0]
          device2: [touch 0]

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-explore-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string File_ => Path.Combine(_folder, "crossing.yaml");

    private string Results => Path.Combine(_folder, "out");

    private string Schedule => Path.Combine(Results, RaceReport.ScheduleName);

    private static string Plugin => Path.Combine(AppContext.BaseDirectory, "SpinLock.dll");

    public ExploreCommandTests() => File.WriteAllText(File_, Crossing);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_violation_returns_1_and_writes_reports_that_replay()
    {
        Assert.Equal(ExitCode.CheckFailed, await RunAsync("explore", File_, "--output", Results));
        string[] names = [.. Directory.GetFiles(Results).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(["RaceTest.cs", "report.html", "report.json", "report.txt", "schedule.txt", "sequence.mmd", "shiviz.log"],
            names);
        string output = _output.ToString();
        Assert.Contains("Verdict: violated (a property is violated): 'single holder' after 13 steps.", output,
            StringComparison.Ordinal);
        Assert.Contains("to 4 operations; nothing can be left out.", output, StringComparison.Ordinal);
        Assert.Contains($"Again: hmmsim replay {Schedule}", output, StringComparison.Ordinal);

        _output.GetStringBuilder().Clear();
        Assert.Equal(ExitCode.CheckFailed, await RunAsync("replay", Schedule));
        Assert.Contains("Replay: all 13 steps went as recorded; the run violates 'single holder'.", _output.ToString(),
            StringComparison.Ordinal);
        Assert.StartsWith(await File.ReadAllTextAsync(Path.Combine(Results, "report.txt")), _output.ToString(),
            StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Without_shrinking_the_system_stays_as_it_is()
    {
        await RunAsync("explore", File_, "--output", Results, "--no-shrink");
        Assert.Contains("script cpu: touch 0; unmap 0", await File.ReadAllTextAsync(Schedule), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correct_system_returns_0_and_writes_nothing()
    {
        await File.WriteAllTextAsync(File_, Crossing.Replace("ignore_crossing_eviction", "none", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Ok, await RunAsync("explore", File_, "--output", Results));
        Assert.Contains("Verdict: holds (all states visited).", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("671", _output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public async Task A_mended_model_diverges_and_the_difference_is_shown()
    {
        await RunAsync("explore", File_, "--output", Results);
        string mended = Path.Combine(_folder, "mended.txt");
        await File.WriteAllTextAsync(mended, (await File.ReadAllTextAsync(Schedule))
            .Replace("mutation: ignore_crossing_eviction", "mutation: none", StringComparison.Ordinal));
        _output.GetStringBuilder().Clear();
        Assert.Equal(ExitCode.RunFailed, await RunAsync("replay", mended));
        Assert.Contains("Replay: after 8 steps as recorded: the state after 'home <- device 1: RecallAck 0(0)'",
            _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  recorded -> met: home page 0 phase: idle -> awaiting eviction for Fault of CPU", _output.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model: germn",
        "crossing.yaml:1:8: there is no model 'germn' (expected one of german, page-migration, hmm; did you mean 'german'?)")]
    [InlineData("model: german\nengine: source_dpor", "the engine source_dpor needs a model that is an IActorModel")]
    public async Task A_bad_race_file_returns_2_and_says_why(string text, string message)
    {
        await File.WriteAllTextAsync(File_, text);
        Assert.Equal(ExitCode.BadInput, await RunAsync("explore", File_, "--output", Results));
        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Theory]
    [InlineData("explore", "expected either a FILE or --catalogue")]
    [InlineData("explore x.yaml --catalogue", "expected either a FILE or --catalogue")]
    [InlineData("explore x.yaml --resume", "--resume needs --checkpoint FILE")]
    [InlineData("explore x.yaml --engine random_wolk", "--engine is 'random_wolk' (expected one of breadth_first,")]
    [InlineData("explore x.yaml --engine random_wolk", "did you mean 'random_walk'?")]
    [InlineData("explore x.yaml --workers 0", "--workers is '0' (expected a whole number from 1 to 256)")]
    [InlineData("explore x.yaml", "x.yaml:1:1: the file does not exist (expected a race file")]
    [InlineData("explore x.yaml --plugin y.dll", "y.dll:1:1: the assembly cannot be loaded")]
    [InlineData("replay x.txt", "x.txt:1:1: the file does not exist (expected a schedule")]
    public async Task Bad_arguments_return_2_and_say_why(string arguments, string message)
    {
        Assert.Equal(ExitCode.BadInput, await RunAsync(arguments.Split(' ')));
        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_schedule_returns_2_and_names_the_line()
    {
        await RunAsync("explore", File_, "--output", Results);
        await File.WriteAllTextAsync(Schedule, (await File.ReadAllTextAsync(Schedule))
            .Replace("seed: 1", "sed: 1", StringComparison.Ordinal));
        Assert.Equal(ExitCode.BadInput, await RunAsync("replay", Schedule));
        Assert.Contains("schedule.txt:10:1: the line begins with 'sed' (expected 'seed: ...'; did you mean 'seed'?)",
            _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limited_search_is_kept_and_goes_on()
    {
        await File.WriteAllTextAsync(File_, "model: german\nexpect: { verdict: holds, states: 58104 }");
        string kept = Path.Combine(_folder, "kept.search");
        Assert.Equal(ExitCode.Ok, await RunAsync("explore", File_, "--states", "9000", "--checkpoint", kept));
        Assert.Contains("Verdict: limit reached (limit of states).", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Kept in {kept}", _output.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(kept));
        _output.GetStringBuilder().Clear();
        Assert.Equal(ExitCode.BadInput,
            await RunAsync("explore", File_, "--engine", "symmetric", "--checkpoint", kept, "--resume"));
        Assert.Contains("keeps the search of 'german", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await RunAsync("explore", File_, "--workers", "2", "--checkpoint", kept, "--resume"));
        Assert.Contains("58,104", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("not what the file says", _output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(kept));
    }

    [Fact]
    public async Task A_stopped_exploration_returns_130_and_keeps_what_it_has()
    {
        await File.WriteAllTextAsync(File_, "model: german\nparameters: { nodes: 4 }");
        string kept = Path.Combine(_folder, "kept.search");
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        int code = await HmmSimCommand.RunAsync(["explore", File_, "--checkpoint", kept], () =>
            new CannedSimulator(), _output, _error, cancellation: stop.Token);
        Assert.Equal(ExitCode.Cancelled, code);
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public async Task A_folder_with_anything_else_is_refused_before_the_search()
    {
        Directory.CreateDirectory(Results);
        await File.WriteAllTextAsync(Path.Combine(Results, "thesis.txt"), "years of work");
        Assert.Equal(ExitCode.BadInput, await RunAsync("explore", File_, "--output", Results));
        Assert.Contains("holds 'thesis.txt', which is no report", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task The_catalogue_compares_each_file_with_what_it_expects()
    {
        string expected = Crossing + "expect: { verdict: violated, property: single holder, steps: 13 }\n";
        await File.WriteAllTextAsync(File_, expected);
        await File.WriteAllTextAsync(Path.Combine(_folder, "second.yaml"),
            "model: german\nparameters: { nodes: 2 }\nexpect: { verdict: holds, states: 3390 }\n");
        Assert.Equal(ExitCode.Ok, await RunAsync("explore", "--catalogue", "--catalogue-folder", _folder));
        Assert.Contains("Catalogue: all 2 races are as expected.", _output.ToString(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(File_, expected.Replace("steps: 13", "steps: 12", StringComparison.Ordinal));
        Assert.Equal(ExitCode.CheckFailed, await RunAsync("explore", "--catalogue", "--catalogue-folder", _folder));
        Assert.Contains("expected 12 steps", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Catalogue: 1 of 2 races are NOT as expected.", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput,
            await RunAsync("explore", "--catalogue", "--catalogue-folder", Path.Combine(_folder, "none")));
    }

    [Fact]
    public async Task A_model_of_the_user_is_explored_shrunk_and_replayed()
    {
        string file = Path.Combine(Repository.Root, "docs", "examples", "spin-lock", "broken.yaml");
        Assert.Equal(ExitCode.CheckFailed, await RunAsync("explore", file, "--plugin", Plugin, "--output", Results));
        Assert.Contains("'mutual exclusion' is violated after 4 steps.", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  threads: 2", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.CheckFailed, await RunAsync("replay", Schedule, "--plugin", Plugin));
        Assert.Equal(ExitCode.BadInput, await RunAsync("replay", Schedule));
        Assert.Contains("there is no model 'spin-lock'", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, await RunAsync("explore", file, "--plugin", Plugin, "--plugin", Plugin));
        Assert.Contains("two model families are called 'spin-lock'", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, await RunAsync("explore", file, "--plugin", typeof(ExitCode).Assembly.Location));
        Assert.Contains(
            "the assembly has no model (expected a public class that implements HmmSim.Explorer.Configurations.IModelFamily)",
            _error.ToString(),
            StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) =>
        HmmSimCommand.RunAsync(arguments, () => new CannedSimulator(), _output, _error);
}
