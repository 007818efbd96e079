using System.Globalization;
using HmmSim.Conformance.Scripts;
using HmmSim.Conformance.Systems;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Topology;
using Spectre.Console;

namespace HmmSim.Cli;

/// <summary>
/// One run of a script scenario: on the real actors, once for each kind of device memory it asks for; then the summary and the result file.
/// </summary>
internal sealed class ScriptSession(TextWriter output, TextWriter error)
{
    private const int FailuresShown = 10;
    private const int WidthAtMost = 110;

    /// <summary>Runs and returns one of <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        try
        {
            if (request.Checkpoints.IsAny)
            {
                return await FailAsync(
                    $"hmmsim: {request.File}: checkpoints are asked for (expected none: a script of calls runs between two calls only); "
                    + "leave out --checkpoint-every and --resume",
                    ExitCode.BadInput).ConfigureAwait(false);
            }

            ScriptScenario scenario = ScriptLoader.Load(request.File!);
            string digest = ScriptResultFile.DigestOf(request.File!);
            ResultFolder folder = ResultFolder.Open(request.Folder ?? Path.Combine("results", scenario.Name));
            List<ScriptOutcome> outcomes = [];
            foreach (DeviceMemoryKind devices in scenario.Devices)
            {
                outcomes.Add(await Task.Run(() => RunOn(scenario, devices, request.Lanes, cancellation), CancellationToken.None)
                    .ConfigureAwait(false));
            }

            string file = ScriptResultFile.Write(folder, scenario, outcomes, digest, request);
            Print(scenario, outcomes, digest, file);
            return outcomes.TrueForAll(outcome => outcome.Passed) ? ExitCode.Ok : ExitCode.CheckFailed;
        }
        catch (ScriptFormatException exception)
        {
            return await FailAsync(exception.Message, ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (ResultFolderException exception)
        {
            return await FailAsync($"hmmsim: {exception.Message}", ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await FailAsync("hmmsim: stopped; no result was written.", ExitCode.Cancelled).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return await FailAsync($"hmmsim: the run of {request.File} failed: {exception}", ExitCode.RunFailed).ConfigureAwait(false);
        }
    }

    private static ScriptOutcome RunOn(ScriptScenario scenario, DeviceMemoryKind devices, int lanes, CancellationToken cancellation)
    {
        using ActorSystem system = new(devices, lanes);
        IScriptMachine machine = ScriptRunner.Run(scenario, devices, system, cancellation);
        return new ScriptOutcome
        {
            Devices = devices,
            Calls = machine.CallCount,
            Messages = system.Session.Steps,
            VirtualTime = new(system.Session.Now.Picoseconds),
            TraceHash = system.Session.TraceHash,
            Failures = [.. machine.Failures.Select(failure => failure.ToString()), .. system.Session.Check()],
        };
    }

    private void Print(ScriptScenario scenario, List<ScriptOutcome> outcomes, string digest, string file)
    {
        IAnsiConsole console = PlainConsole.Create(output, WidthAtMost);
        output.WriteLine($" script    {scenario.Name}{(scenario.Selftest.Length > 0 ? $", kernel selftest {scenario.Selftest}" : string.Empty)}");
        output.WriteLine($" digest    {digest}");
        output.WriteLine($" version   {ProgramVersion.Current.Version}, commit {ProgramVersion.Current.GitCommit}");
        output.WriteLine(" seed      none: a script has no random choices");
        output.WriteLine();
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("devices", "calls", "messages", "virtual time", "failures", "trace hash");
        foreach (ScriptOutcome outcome in outcomes)
        {
            table.AddRow(
                ScriptResultFile.WordOf(outcome.Devices),
                outcome.Calls.ToString("N0", CultureInfo.InvariantCulture),
                outcome.Messages.ToString("N0", CultureInfo.InvariantCulture),
                DurationText.ToDisplayString(outcome.VirtualTime),
                outcome.Failures.Count.ToString(CultureInfo.InvariantCulture),
                outcome.TraceHash);
        }

        console.Write(table);
        foreach (ScriptOutcome outcome in outcomes)
        {
            foreach (string failure in outcome.Failures.Take(FailuresShown))
            {
                output.WriteLine($"{ScriptResultFile.WordOf(outcome.Devices)}: {failure}");
            }
        }

        output.WriteLine(outcomes.TrueForAll(outcome => outcome.Passed)
            ? "Every step answered what it must, and every conservation check passed."
            : "Some steps did not answer what they must.");
        output.WriteLine($"Result: {file}");
    }

    private async Task<int> FailAsync(string message, int exitCode)
    {
        await error.WriteLineAsync(message).ConfigureAwait(false);
        return exitCode;
    }
}
