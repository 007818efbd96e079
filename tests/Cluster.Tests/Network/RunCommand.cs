using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using HmmSim.Cluster.Tests.Processes;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests.Network;

/// <summary>A submitter as a user starts it: <c>hmmsim run --cluster</c> on a machine of a test network.</summary>
internal sealed class RunCommand : IDisposable
{
    private static readonly TimeSpan LineTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-network-").FullName;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _process;
    private readonly Task<string> _output;

    /// <summary>Submits a scenario to a cluster.</summary>
    public RunCommand(NetworkNode node, IEnumerable<SeedAddress> cluster, Scenario scenario, bool takesCheckpoints = false)
    {
        string file = Path.Combine(_folder, "scenario.yaml");
        File.WriteAllText(file, ScenarioWriter.ToYaml(scenario));
        string[] checkpoints = takesCheckpoints ? ["--checkpoint-every", "200ms", "--checkpoint-to", Path.Combine(_folder, "saved")] : [];
        _process = ChildProgram.Start(node, ["run", file, "--cluster", string.Join(',', cluster), "--output", Result, .. checkpoints]);
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    private string Errors => string.Join('\n', _errors);

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    private string Result => Path.Combine(_folder, "result");

    /// <summary>Waits until its error stream has a line with some text.</summary>
    public async Task SaysAsync(string text)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!_errors.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            Assert.True(IsRunning && Stopwatch.GetElapsedTime(begin) < LineTimeout, $"the command did not say '{text}', but:\n{Errors}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Expects that its error stream has some text.</summary>
    public void HasSaid(string text) => Assert.True(Errors.Contains(text, StringComparison.Ordinal), $"the command did not say '{text}', but:\n{Errors}");

    /// <summary>Expects that it was not begun again for a member that was lost.</summary>
    public void HasLostNobody() => Assert.False(Errors.Contains("its hosts go to the others", StringComparison.Ordinal), Errors);

    /// <summary>Waits until it has ended; returns its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan timeout)
    {
        using CancellationTokenSource late = new(timeout);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits for its good end; returns the trace hash of its result and its tables.</summary>
    public async Task<(string TraceHash, string Output)> FinishAsync(TimeSpan timeout)
    {
        int code = await EndAsync(timeout);
        Assert.True(code == 0, Errors);
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Result, "result.json")));
        return (result.RootElement.GetProperty("traceHash").GetString()!, await _output);
    }

    /// <summary>Ends it by force, if it has not ended.</summary>
    public void Dispose()
    {
        if (IsRunning)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
