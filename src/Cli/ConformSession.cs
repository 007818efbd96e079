using System.Diagnostics;
using System.Globalization;
using HmmSim.Conformance.Comparison;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Topology;

namespace HmmSim.Cli;

/// <summary>
/// One run of <c>hmmsim conform</c>: file by file, listings of scripts that do not pass, then a summary of the file.
/// </summary>
internal sealed class ConformSession(Func<DeviceMemoryKind, ICallSystem> systems, TextWriter output, TextWriter error)
{
    // A run that keeps going may meet thousands; each can be looked at alone.
    private const int ListingsAtMost = 20;

    private int _listings;
    private long _scripts;

    /// <summary>Runs and returns one of <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync(ConformRequest request, CancellationToken cancellation)
    {
        try
        {
            bool passed = true;
            foreach (string file in request.Files)
            {
                passed &= await RunFileAsync(file, request, cancellation).ConfigureAwait(false);
                if (!passed && !request.KeepGoing)
                {
                    break;
                }
            }

            return _scripts == 0 && request.Only is not null
                ? await FailAsync($"hmmsim: no file has the script '{request.Only}' (expected the \"id\" of a line)",
                    ExitCode.BadInput).ConfigureAwait(false)
                : passed ? ExitCode.Ok : ExitCode.CheckFailed;
        }
        catch (TraceFormatException exception)
        {
            return await FailAsync(exception.Message, ExitCode.BadInput).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await FailAsync("hmmsim: stopped; what was not replayed yet is unknown.",
                ExitCode.Cancelled).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return await FailAsync($"hmmsim: the replay failed: {exception}", ExitCode.RunFailed).ConfigureAwait(false);
        }
    }

    private async Task<bool> RunFileAsync(string path, ConformRequest request, CancellationToken cancellation)
    {
        using TraceFile file = TraceFile.Open(path);
        ConformanceOptions options =
            new() { Only = request.Only, KeepGoing = request.KeepGoing, Threads = Environment.ProcessorCount };
        ProgressDisplay display = new(error, interactive: error == Console.Error && !Console.IsErrorRedirected);
        Stopwatch clock = Stopwatch.StartNew();
        ConformanceReport report = await display.ShowAsync<ConformanceReport, ConformProgress>(
            path,
            Describe,
            progress => Task.Run(() =>
                Replay(file, options, progress, cancellation), CancellationToken.None)).ConfigureAwait(false);
        TimeSpan time = clock.Elapsed;
        _scripts += report.Scripts;
        if (report.Scripts > 0 || request.Only is null)
        {
            new ConformSummaryPrinter(output).Print(path, file, report, time);
        }

        return report.Passed;
    }

    private ConformanceReport Replay(TraceFile file, ConformanceOptions options, IProgress<ConformProgress> progress,
        CancellationToken cancellation)
    {
        long scripts = 0;
        long operations = 0;
        return new ConformanceRun(systems).Run(
            file.Reader,
            options,
            outcome =>
            {
                progress.Report(new ConformProgress(++scripts, operations += outcome.Operations));
                if (outcome.First is { } first)
                {
                    Show(first);
                }
            },
            cancellation);
    }

    private void Show(MismatchDetail first)
    {
        _listings++;
        if (_listings <= ListingsAtMost)
        {
            output.Write(MismatchListing.Write(first));
            output.WriteLine();
        }
        else if (_listings == ListingsAtMost + 1)
        {
            string next = $"'--only {first.Script.Id}' shows the next one";
            output.WriteLine($"Further scripts that do not pass are counted, not listed; {next}.");
            output.WriteLine();
        }
    }

    private static string Describe(ConformProgress progress, TimeSpan time)
    {
        double rate = progress.Operations / time.TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Scripts:N0} scripts, {progress.Operations:N0} operations, {rate:N0} operations/s");
    }

    private async Task<int> FailAsync(string message, int exitCode)
    {
        await error.WriteLineAsync(message).ConfigureAwait(false);
        return exitCode;
    }
}
