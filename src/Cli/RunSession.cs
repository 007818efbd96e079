using System.Globalization;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;

namespace HmmSim.Cli;

/// <summary>One run from the file to the result: load, check the folder, simulate, write, summarise.</summary>
internal sealed class RunSession(ISimulatorSource simulators, TextWriter output, TextWriter error)
{
    /// <summary>Runs and returns one of <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        string what = request.File ?? request.Checkpoints.Resume!;
        try
        {
            SavedCheckpoint? from = request.Checkpoints.OpenResume();
            Scenario scenario = request.File is null ? from!.LoadScenario() : ScenarioLoader.Load(request.File);
            scenario = scenario with { Seed = request.Seed ?? scenario.Seed };
            what = $"{what} with seed {scenario.Seed}";
            CheckpointSettings? checkpoints = request.Checkpoints.SettingsFor(scenario, from, note => error.WriteLine($"{scenario.Name}: {note}"));
            ResultFolder folder = ResultFolder.Open(request.Folder ?? Path.Combine("results", $"{scenario.Name}-{scenario.Seed}"));
            RunReport report = await SimulateAsync(
                scenario, new RunOptions { Lanes = request.Lanes, Checkpoints = checkpoints }, cancellation).ConfigureAwait(false);
            string file = folder.Write(report, ProgramProvenance.Of(scenario, request.File ?? from!.ManifestName, request.CommandLine));
            new SummaryPrinter(output).Print(scenario, report, file);
            return report.Passed ? ExitCode.Ok : ExitCode.CheckFailed;
        }
        catch (Exception exception)
        {
            (string message, int exitCode) = FailureText.Of(exception, what, cancellation);
            await error.WriteLineAsync(message).ConfigureAwait(false);
            return exitCode;
        }
    }

    private async Task<RunReport> SimulateAsync(Scenario scenario, RunOptions options, CancellationToken cancellation)
    {
        ProgressDisplay display = new(error, interactive: error == Console.Error && !Console.IsErrorRedirected);
        SimulatorLease lease = await simulators.OpenAsync(note => error.WriteLine($"{scenario.Name}: {note}"), cancellation).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            return await display.ShowAsync<RunReport, RunProgress>(
                scenario.Name,
                Describe,
                progress => Task.Run(() => lease.Simulator.Run(scenario, options, progress, cancellation), CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private static string Describe(RunProgress progress, TimeSpan elapsed)
    {
        string time = DurationText.ToDisplayString(new(progress.VirtualTime.Picoseconds));
        double rate = progress.Accesses / elapsed.TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"virtual time {time}, {progress.Accesses:N0} accesses, {progress.Steps:N0} steps, {rate:N0} accesses/s");
    }
}
