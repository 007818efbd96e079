using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Frames;

namespace HmmSim.Cli;

/// <summary>One run from the file to the result: load, check the folder, simulate, write, summarise.</summary>
internal sealed class RunSession(ISimulatorSource simulators, TextWriter output, TextWriter error)
{
    /// <summary>Runs and returns one of <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        string what = request.File;
        try
        {
            Scenario scenario = ScenarioLoader.Load(request.File);
            scenario = scenario with { Seed = request.Seed ?? scenario.Seed };
            what = $"{request.File} with seed {scenario.Seed}";
            ResultFolder folder = ResultFolder.Open(request.Folder ?? Path.Combine("results", $"{scenario.Name}-{scenario.Seed}"));
            RunReport report = await SimulateAsync(scenario, request, cancellation).ConfigureAwait(false);
            string file = folder.Write(report, ProvenanceOf(scenario, request));
            new SummaryPrinter(output).Print(scenario, report, file);
            return report.Passed ? ExitCode.Ok : ExitCode.CheckFailed;
        }
        catch (ScenarioException exception)
        {
            return await FailAsync(exception.Message, ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (ResultFolderException exception)
        {
            return await FailAsync($"hmmsim: {exception.Message}", ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (ClusterException exception)
        {
            return await FailAsync($"hmmsim: {what}: {exception.Message}", exception.IsInput ? ExitCode.BadInput : ExitCode.RunFailed).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await FailAsync("hmmsim: stopped; no result was written.", ExitCode.Cancelled).ConfigureAwait(false);
        }
        catch (StepFailedException exception) when (exception.InnerException is OutOfFramesException or TraceFormatException or WorkloadException)
        {
            return await FailAsync($"hmmsim: {what}, at {exception.Time}: {exception.InnerException.Message}", ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TraceFormatException or WorkloadException)
        {
            return await FailAsync($"hmmsim: {what}: {exception.Message}", ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return await FailAsync($"hmmsim: the run of {what} failed: {exception}", ExitCode.RunFailed).ConfigureAwait(false);
        }
    }

    private async Task<RunReport> SimulateAsync(Scenario scenario, RunRequest request, CancellationToken cancellation)
    {
        RunOptions options = new() { Lanes = request.Lanes };
        ProgressDisplay display = new(error, interactive: error == Console.Error && !Console.IsErrorRedirected);
        SimulatorLease lease = await simulators.OpenAsync(note => error.WriteLine($"{scenario.Name}: {note}"), cancellation).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            return await display.ShowAsync(
                scenario.Name,
                progress => Task.Run(() => lease.Simulator.Run(scenario, options, progress, cancellation), CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private static RunProvenance ProvenanceOf(Scenario scenario, RunRequest request) => new()
    {
        ScenarioName = scenario.Name,
        ScenarioFile = request.File,
        ScenarioDigest = ScenarioDigest.Of(scenario).Hex,
        Seed = scenario.Seed,
        Version = ProgramVersion.Current.Version,
        GitCommit = ProgramVersion.Current.GitCommit,
        CommandLine = request.CommandLine,
    };

    private async Task<int> FailAsync(string message, int exitCode)
    {
        await error.WriteLineAsync(message).ConfigureAwait(false);
        return exitCode;
    }
}
