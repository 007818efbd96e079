using System.Text.Json;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cli.Tests;

/// <summary>The command line in this process: exit codes, messages, and what it leaves on the disk.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Scenario = """
        name: tiny
        seed: 42
        hosts:
          - name: host0
            cpu: { name: cpu0, ram: 64MiB }
            devices: [ { name: gpu0, memory: 8MiB } ]
        links: [ { between: [cpu0, gpu0], preset: pcie3_x16 } ]
        buffers: [ { name: data, size: 1MiB, home: cpu0 } ]
        streams: [ { name: sweep, processor: gpu0, pattern: sequential, buffer: data } ]

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-cli-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string File_ => Path.Combine(_folder, "tiny.yaml");

    private string Results => Path.Combine(_folder, "out");

    private string ResultFile => Path.Combine(Results, "result.json");

    public CommandTests() => File.WriteAllText(File_, Scenario);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_run_writes_its_result_and_returns_0()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(new CannedSimulator()));
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(ResultFile));
        JsonElement root = result.RootElement;
        Assert.Equal("00112233445566778899aabbccddeeff", root.GetProperty("traceHash").GetString());
        Assert.Equal(1_234_567_890_123, root.GetProperty("totals").GetProperty("virtualEndTimePicoseconds").GetInt64());
        Assert.Equal(9_007_199_254_740_993, root.GetProperty("totals").GetProperty("steps").GetInt64());
        Assert.Equal("device_fault", root.GetProperty("migrations")[0].GetProperty("cause").GetString());
        Assert.Equal(6, root.GetProperty("faultPhases").GetArrayLength());
        Assert.Equal(["result.json"], Directory.GetFileSystemEntries(Results).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_result_says_how_to_get_it_again()
    {
        await RunAsync(new CannedSimulator());
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(ResultFile));
        JsonElement provenance = result.RootElement.GetProperty("provenance");
        Assert.Equal(ScenarioDigest.Of(ScenarioLoader.Load(File_)).Hex, provenance.GetProperty("scenarioDigest").GetString());
        Assert.Equal(42, provenance.GetProperty("seed").GetInt64());
        Assert.Equal(ProgramVersion.Current.Version, provenance.GetProperty("version").GetString());
        Assert.Equal(
            ["hmmsim", "run", File_, "--output", Results],
            provenance.GetProperty("commandLine").EnumerateArray().Select(argument => argument.GetString()));
    }

    [Fact]
    public async Task Only_performance_and_provenance_differ_between_two_runs()
    {
        await RunAsync(new CannedSimulator(), "--lanes", "2");
        string first = Figures();
        await RunAsync(new CannedSimulator(), "--lanes", "3");
        Assert.Equal(first, Figures());

        string Figures()
        {
            using JsonDocument result = JsonDocument.Parse(File.ReadAllText(ResultFile));
            return string.Concat(result.RootElement.EnumerateObject()
                .Where(part => part.Name is not ("performance" or "provenance"))
                .Select(part => part.ToString()));
        }
    }

    [Fact]
    public async Task The_summary_fits_100_columns_and_names_the_result()
    {
        await RunAsync(new CannedSimulator());
        string[] lines = _output.ToString().Split('\n');
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= 100, line));
        Assert.Contains("Conservation: all 1 checks passed.", lines);
        Assert.Contains(lines, line => line.StartsWith("Result: ", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', _output.ToString());
        foreach (string figure in new[] { "123,456,789,012", "device fault", "host to device", "00112233445566778899aabbccddeeff", "1.235 s" })
        {
            Assert.Contains(figure, _output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_failed_check_returns_1_and_still_writes_the_result()
    {
        Assert.Equal(ExitCode.CheckFailed, await RunAsync(new CannedSimulator { CheckPasses = false }));
        Assert.Contains("FAILED frames of gpu0: 512 taken, 511 returned", _output.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(ResultFile));
    }

    [Fact]
    public async Task A_bad_scenario_returns_2_and_writes_nothing()
    {
        await File.WriteAllTextAsync(File_, Scenario.Replace("processor: gpu0", "processor: gpu1", StringComparison.Ordinal));
        CannedSimulator simulator = new();
        Assert.Equal(ExitCode.BadInput, await RunAsync(simulator));
        Assert.Equal(
            $"{File_}:9:38: 'processor' names 'gpu1', which does not exist (expected a processor: cpu0, gpu0; did you mean 'gpu0'?)",
            _error.ToString().TrimEnd());
        Assert.Null(simulator.Scenario);
        Assert.False(Directory.Exists(Results));
    }

    [Theory]
    [InlineData("--lanes", "0", "--lanes is '0' (expected a whole number from 1 to 64)")]
    [InlineData("--lanes", "65", "--lanes is '65' (expected a whole number from 1 to 64)")]
    [InlineData("--seed", "x", "--seed is 'x' (expected a whole number from 0 to 18446744073709551615)")]
    [InlineData("--sed", "1", "'--sed'")]
    public async Task Bad_arguments_return_2_and_say_why(string option, string value, string message)
    {
        Assert.Equal(ExitCode.BadInput, await RunAsync(new CannedSimulator(), option, value));
        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("'hmmsim run --help' shows what is possible.", _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public async Task A_simulator_that_fails_returns_3_and_writes_nothing()
    {
        CannedSimulator simulator = new() { During = _ => throw new InvalidOperationException("a page was lost") };
        Assert.Equal(ExitCode.RunFailed, await RunAsync(simulator));
        Assert.Contains("a page was lost", _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public async Task A_stopped_run_returns_130_and_writes_nothing()
    {
        using CancellationTokenSource stop = new();
        CannedSimulator simulator = new()
        {
            During = token =>
            {
                stop.Cancel();
                Assert.True(token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)), "the stop did not reach the simulator");
                token.ThrowIfCancellationRequested();
            },
        };
        int code = await HmmSimCommand.RunAsync(["run", File_, "--output", Results], () => simulator, _output, _error, cancellation: stop.Token);
        Assert.Equal(ExitCode.Cancelled, code);
        Assert.Contains("stopped; no result was written", _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public async Task Seed_and_lanes_reach_the_simulator()
    {
        CannedSimulator simulator = new();
        Assert.Equal(ExitCode.Ok, await RunAsync(simulator, "--seed", "18446744073709551615", "--lanes", "64"));
        Assert.Equal(ulong.MaxValue, simulator.Scenario!.Seed);
        Assert.Equal(64, simulator.Options!.Lanes);
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(ResultFile));
        Assert.Equal(ulong.MaxValue, result.RootElement.GetProperty("provenance").GetProperty("seed").GetUInt64());
    }

    [Fact]
    public async Task An_older_result_is_replaced()
    {
        Directory.CreateDirectory(Results);
        await File.WriteAllTextAsync(ResultFile, "old");
        await File.WriteAllTextAsync(ResultFile + ".tmp", "left by a run that was killed");
        Assert.Equal(ExitCode.Ok, await RunAsync(new CannedSimulator()));
        Assert.StartsWith("{", await File.ReadAllTextAsync(ResultFile), StringComparison.Ordinal);
        Assert.False(File.Exists(ResultFile + ".tmp"));
    }

    [Fact]
    public async Task A_folder_with_anything_else_is_refused_before_the_run()
    {
        Directory.CreateDirectory(Results);
        string foreign = Path.Combine(Results, "thesis.txt");
        await File.WriteAllTextAsync(foreign, "years of work");
        CannedSimulator simulator = new();
        Assert.Equal(ExitCode.BadInput, await RunAsync(simulator));
        Assert.Contains("holds 'thesis.txt', which is no result", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("years of work", await File.ReadAllTextAsync(foreign));
        Assert.Null(simulator.Scenario);
    }

    [Fact]
    public async Task A_file_in_place_of_the_folder_is_refused()
    {
        await File.WriteAllTextAsync(Results, "a file");
        Assert.Equal(ExitCode.BadInput, await RunAsync(new CannedSimulator()));
        Assert.Contains("is a file (expected a folder", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_run_leaves_the_older_result_alone()
    {
        await RunAsync(new CannedSimulator());
        string before = await File.ReadAllTextAsync(ResultFile);
        Assert.Equal(ExitCode.RunFailed, await RunAsync(new CannedSimulator { During = _ => throw new InvalidOperationException("late") }));
        Assert.Equal(before, await File.ReadAllTextAsync(ResultFile));
    }

    [Theory]
    [InlineData("run --help", "hmmsim run scenarios/quickstart.yaml --lanes 4")]
    [InlineData("--help", "run <FILE>")]
    public async Task Help_returns_0_and_shows_examples(string arguments, string expected)
    {
        Assert.Equal(ExitCode.Ok, await HmmSimCommand.RunAsync(arguments.Split(' '), () => new CannedSimulator(), _output, _error));
        Assert.Contains(expected, _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    private Task<int> RunAsync(ISimulator simulator, params string[] options) =>
        HmmSimCommand.RunAsync(["run", File_, "--output", Results, .. options], () => simulator, _output, _error);
}
