using System.Runtime.ExceptionServices;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Comparison;

/// <summary>
/// Replays the scripts of a trace file, each on a system of its own, and sums up. Several scripts are replayed at the same time;
/// outcomes are handed out and summed up in the order of the file, so that nothing depends on the number of threads.
/// </summary>
/// <param name="systems">Makes a fresh system with devices of a kind.</param>
public sealed class ConformanceRun(Func<DeviceMemoryKind, ICallSystem> systems)
{
    private const int ScriptsOfThread = 16;

    /// <summary>Replays the scripts that have not been read yet.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="options">What is replayed.</param>
    /// <param name="report">Is told every outcome, in the order of the file.</param>
    /// <param name="cancellation">Stops between two operations.</param>
    /// <exception cref="TraceFormatException">A line is no script; outcomes of the lines before were handed out.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ConformanceReport Run(TraceReader reader, ConformanceOptions options, Action<ScriptOutcome> report,
        CancellationToken cancellation)
    {
        ReportBuilder builder = new();
        using IEnumerator<TraceScript> scripts =
            reader.ReadScripts().Where(script => options.Only is null || script.Id == options.Only).GetEnumerator();
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        bool isAtEnd = false;
        while (!isAtEnd)
        {
            List<TraceScript> batch = ReadBatch(scripts, options.Threads * ScriptsOfThread, cancellation, out isAtEnd,
                out ExceptionDispatchInfo? refused);
            ScriptOutcome[] outcomes = new ScriptOutcome[batch.Count];
            Parallel.For(0, batch.Count, parallel, i => outcomes[i] = Replay(batch[i], reader.Header.Devices, cancellation));
            foreach (ScriptOutcome outcome in outcomes)
            {
                builder.Add(outcome);
                report(outcome);
                if (!outcome.Passed && !options.KeepGoing)
                {
                    return builder.ToReport(isStopped: true);
                }
            }

            refused?.Throw();
        }

        return builder.ToReport(isStopped: false);
    }

    private ScriptOutcome Replay(TraceScript script, DeviceMemoryKind devices, CancellationToken cancellation)
    {
        ICallSystem system = systems(devices);
        try
        {
            return ScriptReplay.Run(script, system, cancellation);
        }
        finally
        {
            (system as IDisposable)?.Dispose();
        }
    }

    // A line that is refused ends the batch, so that the scripts before it are replayed first.
    private static List<TraceScript> ReadBatch(
        IEnumerator<TraceScript> scripts, int count, CancellationToken cancellation, out bool isAtEnd,
            out ExceptionDispatchInfo? refused)
    {
        List<TraceScript> batch = [];
        isAtEnd = false;
        refused = null;
        try
        {
            while (batch.Count < count && !isAtEnd)
            {
                cancellation.ThrowIfCancellationRequested();
                isAtEnd = !scripts.MoveNext();
                if (!isAtEnd)
                {
                    batch.Add(scripts.Current);
                }
            }
        }
        catch (TraceFormatException exception)
        {
            refused = ExceptionDispatchInfo.Capture(exception);
        }

        return batch;
    }
}
