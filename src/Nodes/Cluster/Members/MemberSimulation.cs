using System.Diagnostics;
using Akka.Actor;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Exchange;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;
using HmmSim.Protocol.Messages;
using ScenarioProgress = HmmSim.Nodes.Scenarios.RunProgress;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>
/// One member's part of a run: the nodes of the hosts that are placed here, on lanes of this process, in step with the other
/// members. A run with one member is an ordinary run.
/// </summary>
/// <remarks>
/// A run can be cut: <see cref="RequestCut"/> on one member makes all stop at the same meeting, where nothing is on its way.
/// </remarks>
internal sealed class MemberSimulation : IDisposable
{
    private const long ProgressInterval = 1 << 10;

    private readonly SystemPlan _plan;
    private readonly IReadOnlyList<Node> _nodes;
    private readonly MemoryNode[] _memories;
    private readonly MemberMap _map;
    private readonly IMemberTransport _transport;
    private readonly MemberExchange _exchange;
    private readonly LaneRuntime _runtime;
    private readonly int _lanes;

    /// <summary>Builds this member's part.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="placement">Which hosts go where.</param>
    /// <param name="transport">The way to the other members.</param>
    /// <param name="lanes">Lanes of this member.</param>
    /// <param name="counters">Counts what the exchange costs.</param>
    /// <param name="from">The cut to go on from, with at least the nodes of this member; null for the start.</param>
    /// <exception cref="CheckpointException">The cut is none of this scenario.</exception>
    public MemberSimulation(
        Scenario scenario, IHostPlacement placement, IMemberTransport transport, int lanes, ExchangeCounters counters, RunCut? from = null)
    {
        _transport = transport;
        _lanes = lanes;
        _map = new MemberMap(scenario, placement.Place(scenario, transport.Members), transport.Members);
        (_plan, _nodes) = SystemBuilder.Build(scenario, node => _map[node] == transport.Self);
        _memories = [.. _nodes.OfType<MemoryNode>()];
        Exposure exposure = new(_plan, _nodes, new SharingMap(scenario, _plan, _map));
        _exchange = new MemberExchange(transport, _map, exposure, new TimedEventCodec(_plan.Graph), counters);
        _runtime = new LaneRuntime(new LaneSettings { Lanes = lanes, Lookahead = ActorSimulator.LookaheadOf(scenario), Exchange = _exchange });
        try
        {
            Wire(from);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Windows walked so far. Any thread.</summary>
    public long Windows => _runtime.Windows;

    /// <summary>Steps made so far. Any thread.</summary>
    public long Steps => _runtime.Steps;

    /// <summary>Asks for a cut of all members. Any thread.</summary>
    public void RequestCut() => _runtime.RequestCut();

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Told now and then how far this member is.</param>
    /// <param name="cancellation">Stops this member, and so all.</param>
    /// <param name="cut">Takes this member's part of each cut; the run stands meanwhile.</param>
    /// <exception cref="OperationCanceledException">This member or another one was stopped.</exception>
    /// <exception cref="TimeoutException">Another member has not come to a meeting.</exception>
    /// <exception cref="StepFailedException">A step of this member failed.</exception>
    public MemberReport Run(Action<ScenarioProgress> progress, CancellationToken cancellation, Action<Func<RunCut>>? cut = null)
    {
        Stopwatch wall = Stopwatch.StartNew();
        RunOutcome outcome;
        while ((outcome = Continue()) == RunOutcome.Cut)
        {
            cut?.Invoke(() => RunCut.Take(_nodes, _runtime));
        }

        wall.Stop();
        if (outcome == RunOutcome.Cancelled)
        {
            throw new OperationCanceledException(cancellation);
        }

        MachineAudit audit = BoundaryAudit.Run(_plan, _memories, _map, _transport.Self, _exchange);
        MemberReport report = new()
        {
            LastStepPicoseconds = _runtime.Now.Picoseconds,
            WallSeconds = wall.Elapsed.TotalSeconds,
            RamFrames = audit.RamFrames,
            DeviceFrames = audit.DeviceFrames,
            PageValues = audit.PageValues,
            Windows = _runtime.Windows,
        };
        report.Nodes.Add(_nodes.Select(NodeSnapshot.Of));
        report.Violations.Add(audit.Violations);
        return report;

        RunOutcome Continue() => _runtime.Run(
            new RunLimits { ProgressInterval = ProgressInterval },
            at => progress(new ScenarioProgress(at.Horizon, at.Steps, _memories.Sum(memory => memory.Processor.Counters.Accesses))),
            cancellation);
    }

    /// <summary>Ends the actors and closes the streams.</summary>
    public void Dispose()
    {
        _runtime.Dispose();
        foreach (MemoryNode memory in _memories)
        {
            memory.Processor.CloseStreams();
        }
    }

    private void Wire(RunCut? from)
    {
        IReadOnlyList<(int Node, TimedMessage Message)> pending = from?.Load(_nodes) ?? [];
        var actors = new IActorRef?[_plan.Graph.Nodes.Count];
        int[] shares = LaneShares.Of(_nodes, _lanes);
        int count = 0;
        foreach (Node node in _nodes)
        {
            if (from is null)
            {
                (node as MemoryNode)?.Processor.StartFreeStreams();
            }

            node.Deliver = (target, message) =>
            {
                if (actors[target] is { } actor)
                {
                    actor.Tell(message, ActorRefs.NoSender);
                }
                else
                {
                    LaneRuntime.SendToMember(_map[target], target, message);
                }
            };
            actors[node.Index] = _runtime.Spawn(node.Name, NodeActor.Of(node), shares[count++]);
        }

        _runtime.ConnectNodes(actors);
        if (from is not null)
        {
            _runtime.Restore(pending, from.LastStep);
        }
    }
}
