using System.Diagnostics;
using System.Globalization;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cli;

/// <summary>One sweep from the file to the table: load, check the folders, run all, write each result as it comes.</summary>
internal sealed class SweepSession(ISimulatorSource simulators, TextWriter output, TextWriter error)
{
    private static readonly TimeSpan NoteInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs and returns one of <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync(SweepRequest request, CancellationToken cancellation)
    {
        try
        {
            Scenario scenario = ScenarioLoader.Load(request.File);
            string folder = request.Folder ?? Path.Combine("results", $"{scenario.Name}-sweep");
            ResultFolder[] folders = [.. request.Seeds.Select(seed => ResultFolder.Open(Path.Combine(folder, FolderOf(seed))))];
            var reports = new RunReport?[request.Seeds.Count];
            Stopwatch clock = Stopwatch.StartNew();
            TimeSpan told = TimeSpan.Zero;
            int done = 0;
            SimulatorLease lease = await simulators.OpenAsync(note => error.WriteLine($"{scenario.Name}: {note}"), cancellation).ConfigureAwait(false);
            await using (lease.ConfigureAwait(false))
            {
                await lease.Sweeper.SweepAsync(
                    [.. request.Seeds.Select(seed => (Func<Scenario>)(() => scenario with { Seed = seed }))],
                    new RunOptions { Lanes = request.Lanes },
                    (number, report) =>
                    {
                        Scenario ran = scenario with { Seed = request.Seeds[number] };
                        folders[number].Write(report, ProgramProvenance.Of(ran, request.File, request.CommandLine));
                        reports[number] = report;
                        done++;
                        if (clock.Elapsed - told >= NoteInterval || done == reports.Length)
                        {
                            told = clock.Elapsed;
                            error.WriteLine(string.Create(
                                CultureInfo.InvariantCulture,
                                $"{scenario.Name}: {done} of {reports.Length} runs after {clock.Elapsed.TotalSeconds:0.0} s"));
                        }
                    },
                    cancellation).ConfigureAwait(false);
            }

            string table = Path.Combine(folder, "sweep.csv");
            await File.WriteAllLinesAsync(table, RowsOf(request.Seeds, reports!), CancellationToken.None).ConfigureAwait(false);
            int failed = reports.Count(report => !report!.Passed);
            await output.WriteLineAsync(failed == 0
                ? $"Conservation: all checks of {reports.Length} runs passed."
                : $"Conservation: checks of {failed} of {reports.Length} runs FAILED.").ConfigureAwait(false);
            await output.WriteLineAsync($"Result: {table}").ConfigureAwait(false);
            return failed == 0 ? ExitCode.Ok : ExitCode.CheckFailed;
        }
        catch (Exception exception)
        {
            (string message, int exitCode) = FailureText.Of(exception, request.File, cancellation);
            await error.WriteLineAsync(message).ConfigureAwait(false);
            return exitCode;
        }
    }

    private static string FolderOf(ulong seed) => string.Create(CultureInfo.InvariantCulture, $"seed-{seed}");

    private static IEnumerable<string> RowsOf(IReadOnlyList<ulong> seeds, RunReport[] reports)
    {
        yield return "seed,traceHash,virtualEndTimePicoseconds,steps,accesses,faults,migratedPages,passed";
        foreach ((RunReport report, ulong seed) in reports.Zip(seeds))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{seed},{report.Totals.TraceHash},{report.Totals.VirtualEndTime.Picoseconds},{report.Totals.Steps},{report.Totals.Accesses},"
                + $"{report.Processors.Sum(processor => processor.Faults)},{report.Migrations.Sum(migration => migration.Pages)},"
                + $"{(report.Passed ? "true" : "false")}");
        }
    }
}
