using System.Diagnostics;
using System.Text.Json;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>The commands as a user types them, with members that the program starts itself.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(120);
    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-command-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_with_members_writes_the_result_of_one_process_and_leaves_no_process_behind()
    {
        string file = Path.Combine(_folder, "chatty.yaml");
        string folder = Path.Combine(_folder, "result");
        Scenario scenario = TestScenario.Chatty(accesses: 300);
        await File.WriteAllTextAsync(file, ScenarioWriter.ToYaml(scenario));
        (int code, string output, string error) = await StartAsync("run", file, "--members", "2", "--placement", "round_robin", "--output", folder);
        Assert.True(code == 0, error);
        Assert.Contains("2 lane(s) of 2 members", output, StringComparison.Ordinal);
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "result.json")));
        Assert.Equal(LocalRun.Of(scenario).Totals.TraceHash, result.RootElement.GetProperty("traceHash").GetString());
        foreach (string address in error.Split('\n').First(line => line.Contains("member(s):", StringComparison.Ordinal)).Split('@').Skip(1))
        {
            int port = int.Parse(new string([.. address.Split(':')[1].TakeWhile(char.IsDigit)]), System.Globalization.CultureInfo.InvariantCulture);
            using System.Net.Sockets.TcpClient client = new();
            await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => client.ConnectAsync("127.0.0.1", port));
        }
    }

    [Fact]
    public async Task A_run_whose_process_is_killed_goes_on_from_its_checkpoint()
    {
        string file = Path.Combine(Repository.Root, "scenarios", "ring-64.yaml");
        string saved = Path.Combine(_folder, "saved");
        string folder = Path.Combine(_folder, "result");
        using (Process process = ChildProgram.Start("run", file, "--checkpoint-every", "50ms", "--checkpoint-to", saved, "--output", folder))
        {
            process.ErrorDataReceived += (_, line) =>
            {
                if (line.Data?.Contains("checkpoint 1 at", StringComparison.Ordinal) == true)
                {
                    process.Kill();
                }
            };
            process.BeginErrorReadLine();
            using CancellationTokenSource late = new(CommandTimeout);
            await process.WaitForExitAsync(late.Token);
            Assert.NotEqual(0, process.ExitCode);
        }

        (int code, _, string error) = await StartAsync("run", "--resume", saved, "--output", folder);
        Assert.True(code == 0, error);
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "result.json")));
        Assert.Equal(LocalRun.OfShipped("ring-64.yaml").Totals.TraceHash, result.RootElement.GetProperty("traceHash").GetString());
    }

    [Fact]
    public async Task A_sweep_writes_a_result_for_each_seed_and_a_table()
    {
        string file = Path.Combine(_folder, "chatty.yaml");
        await File.WriteAllTextAsync(file, ScenarioWriter.ToYaml(TestScenario.Chatty(accesses: 100)));
        string sweep = Path.Combine(_folder, "sweep");
        (int code, string output, string error) = await StartAsync("sweep", file, "--seeds", "3..5,9", "--output", sweep);
        Assert.True(code == 0, error);
        Assert.StartsWith("Conservation: all checks of 4 runs passed.", output, StringComparison.Ordinal);
        string[] rows = await File.ReadAllLinesAsync(Path.Combine(sweep, "sweep.csv"));
        Assert.Equal(["seed", "3", "4", "5", "9"], rows.Select(row => row.Split(',')[0]));
        foreach (string row in rows.Skip(1))
        {
            using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(sweep, $"seed-{row.Split(',')[0]}", "result.json")));
            Assert.Equal(row.Split(',')[1], result.RootElement.GetProperty("traceHash").GetString());
        }
    }

    [Theory]
    [InlineData("--seeds is '5..1' (expected ranges and whole numbers such as 1..100 or 3,5,8", "sweep", "x.yaml", "--seeds", "5..1")]
    [InlineData("--metrics-port is '-1' (expected a whole number from 0 to 65535)", "node", "--metrics-port", "-1")]
    [InlineData("--members is 'many' (expected a whole number from 1 to 64)", "run", "x.yaml", "--members", "many")]
    [InlineData("--cluster is 'nowhere' (expected host:port, such as node0:4053; 'nowhere' is none)", "run", "x.yaml", "--cluster", "nowhere")]
    [InlineData("--members and --cluster exclude each other", "run", "x.yaml", "--members", "2", "--cluster", "node0:4053")]
    [InlineData("--placement is 'best' (expected contiguous or round_robin)", "run", "x.yaml", "--members", "2", "--placement", "best")]
    [InlineData("--tls is of use in a cluster only", "run", "x.yaml", "--tls", "x.pem")]
    [InlineData("--port is '70000' (expected a whole number from 0 to 65535)", "node", "--port", "70000")]
    [InlineData("--on-split is 'coin' (expected majority or oldest)", "node", "--on-split", "coin")]
    [InlineData("'no-such.pem' cannot be used for TLS", "node", "--tls", "no-such.pem")]
    public async Task A_bad_option_returns_2_with_what_was_expected(string message, params string[] arguments)
    {
        (int code, string output, string error) = await StartAsync(arguments);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    private static async Task<(int Code, string Output, string Error)> StartAsync(params string[] arguments)
    {
        using Process process = ChildProgram.Start(arguments);
        try
        {
            using CancellationTokenSource late = new(CommandTimeout);
            Task<string> output = process.StandardOutput.ReadToEndAsync(late.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
