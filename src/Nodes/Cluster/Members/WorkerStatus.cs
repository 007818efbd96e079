using System.Diagnostics;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Exchange;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>What a member is doing, for metrics and probes. Written by the worker and its run, read by any thread.</summary>
public sealed class WorkerStatus
{
    private volatile MemberSimulation? _simulation;
    private volatile ExchangeCounters _counters = new();
    private Totals _past;
    private long _begin;
    private readonly Lock _lock = new();

    /// <summary>Whether a run is going on.</summary>
    public bool IsRunning => _simulation is not null;

    /// <summary>What checkpoints have cost here.</summary>
    public CheckpointTally Checkpoints { get; } = new();

    /// <summary>Runs, or parts of runs, that ended here.</summary>
    public long RunsEnded { get; private set; }

    /// <summary>Everything counted since the process began, the present run included.</summary>
    internal Totals Now
    {
        get
        {
            lock (_lock)
            {
                return _past.With(Present());
            }
        }
    }

    internal void Begin(MemberSimulation simulation, ExchangeCounters counters)
    {
        lock (_lock)
        {
            _counters = counters;
            _begin = Stopwatch.GetTimestamp();
            _simulation = simulation;
        }
    }

    internal void End()
    {
        lock (_lock)
        {
            _past = _past.With(Present());
            _simulation = null;
            _counters = new ExchangeCounters();
            RunsEnded++;
        }
    }

    private Totals Present() => _simulation is not { } simulation
        ? default
        : new Totals(
            simulation.Windows,
            simulation.Steps,
            _counters.Meetings,
            _counters.Frames,
            _counters.Bytes,
            _counters.Events,
            _counters.Wait,
            Stopwatch.GetElapsedTime(_begin));

    /// <summary>Counts of any time.</summary>
    internal readonly record struct Totals(
        long Windows, long Steps, long Meetings, long Frames, long Bytes, long Events, TimeSpan Waiting, TimeSpan Running)
    {
        /// <summary>These and others.</summary>
        public Totals With(Totals other) => new(
            Windows + other.Windows, Steps + other.Steps, Meetings + other.Meetings, Frames + other.Frames, Bytes + other.Bytes,
            Events + other.Events, Waiting + other.Waiting, Running + other.Running);
    }
}
