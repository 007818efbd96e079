using System.Diagnostics;
using Akka.Actor;
using Google.Protobuf;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Exchange;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Frames;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>One attempt at a run on this member: its thread, its transport, and what it tells the submitter.</summary>
internal sealed partial class MemberRun : IDisposable
{
    /// <summary>Reports are cut into pieces of this size.</summary>
    private const int PartBytes = 48 << 10;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly PrepareRun _order;
    private readonly IActorRef _worker;
    private readonly WorkerStatus _status;

    /// <summary>Prepares an attempt.</summary>
    public MemberRun(PrepareRun order, IActorRef owner, IActorRef worker, WorkerStatus status)
    {
        _order = order;
        _worker = worker;
        _status = status;
        Owner = owner;
        Identity = new RunIdentity(order.Run, order.Attempt);
        Transport = new AkkaTransport(order.Self, order.Members, TimeSpan.FromSeconds(order.StallSeconds), _stop.Token);
    }

    /// <summary>Which attempt it is.</summary>
    public RunIdentity Identity { get; }

    /// <summary>The submitter.</summary>
    public IActorRef Owner { get; }

    /// <summary>The member's end of the exchange.</summary>
    public AkkaTransport Transport { get; }

    /// <summary>What was ordered.</summary>
    public PrepareRun Order => _order;

    /// <summary>Whether its thread has been started.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Starts the thread; the worker hears of its end.</summary>
    public void Begin(string traceFolder)
    {
        HasBegun = true;
        new Thread(() => Execute(traceFolder)) { IsBackground = true, Name = $"run {Identity}" }.Start();
    }

    /// <summary>Stops it.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void Execute(string traceFolder)
    {
        (RunEnded.Types.Outcome outcome, string reason) = (RunEnded.Types.Outcome.Stopped, "");
        try
        {
            Scenario scenario = ScenarioLoader.Parse(_order.Scenario, "the submitted scenario", traceFolder);
            Send(Simulate(scenario, ReadCut(traceFolder)));
            outcome = RunEnded.Types.Outcome.Finished;
        }
        catch (OperationCanceledException)
        {
            // Stopped by the submitter, by the end of this process, or because another member stopped.
        }
        catch (TimeoutException exception)
        {
            (outcome, reason) = (RunEnded.Types.Outcome.PeerLost, exception.Message);
        }
        catch (StepFailedException exception) when (exception.InnerException is OutOfFramesException or TraceFormatException or WorkloadException)
        {
            (outcome, reason) = (RunEnded.Types.Outcome.Input, $"at {exception.Time}: {exception.InnerException.Message}");
        }
        catch (Exception exception) when (
            exception is ScenarioException or TraceFormatException or WorkloadException or InvalidDataException or CheckpointException)
        {
            (outcome, reason) = (RunEnded.Types.Outcome.Input, exception.Message);
        }
        catch (Exception exception)
        {
            (outcome, reason) = (RunEnded.Types.Outcome.Error, exception.ToString());
        }

        _worker.Tell(new RunEnded { Run = _order.Run, Attempt = _order.Attempt, Self = _order.Self, Outcome = outcome, Reason = reason }, _worker);
    }

    private MemberReport Simulate(Scenario scenario, RunCut? from)
    {
        IHostPlacement placement = HostPlacements.Find(_order.Placement) ?? throw new InvalidDataException($"there is no placement '{_order.Placement}'");
        ExchangeCounters counters = new();
        using MemberSimulation simulation = new(scenario, placement, Transport, _order.Lanes, counters, from);
        long begin = Stopwatch.GetTimestamp();
        _status.Begin(simulation, counters);
        _requestCut = simulation.RequestCut;
        try
        {
            TimeSpan told = -ProgressInterval;
            MemberReport report = simulation.Run(
                at =>
                {
                    TimeSpan now = Stopwatch.GetElapsedTime(begin);
                    if (now - told >= ProgressInterval)
                    {
                        told = now;
                        Tell(at);
                    }
                },
                _stop.Token,
                TakePart);
            report.Meetings = counters.Meetings;
            return report;
        }
        finally
        {
            _requestCut = null;
            _status.End();
        }
    }

    private void Tell(Scenarios.RunProgress at) => Owner.Tell(
        new RunProgressed
        {
            Run = _order.Run,
            Attempt = _order.Attempt,
            Self = _order.Self,
            HorizonPicoseconds = at.VirtualTime.Picoseconds,
            Steps = at.Steps,
            Accesses = at.Accesses,
        },
        _worker);

    private void Send(MemberReport report)
    {
        byte[] bytes = report.ToByteArray();
        for (int offset = 0; offset < bytes.Length; offset += PartBytes)
        {
            int length = Math.Min(PartBytes, bytes.Length - offset);
            Owner.Tell(
                new ReportPart
                {
                    Run = _order.Run,
                    Attempt = _order.Attempt,
                    Self = _order.Self,
                    Content = ByteString.CopyFrom(bytes, offset, length),
                    Last = offset + length == bytes.Length,
                },
                _worker);
        }
    }
}
