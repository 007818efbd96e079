using Akka.Actor;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Simulation;

/// <summary>All nodes of a scenario on lanes of this process, from the start or from a cut.</summary>
internal sealed class LocalSimulation : IDisposable
{
    private readonly Scenario _scenario;
    private readonly int _lanes;
    private readonly IReadOnlyList<Node> _nodes;
    private readonly MemoryNode[] _memories;
    private readonly LaneRuntime _runtime;

    /// <summary>Builds the system.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="lanes">Lanes, at least 1.</param>
    /// <param name="from">The cut to go on from; null for the start.</param>
    public LocalSimulation(Scenario scenario, int lanes, RunCut? from = null)
    {
        _scenario = scenario;
        _lanes = lanes;
        _nodes = SystemBuilder.Build(scenario);
        _memories = [.. _nodes.OfType<MemoryNode>()];
        _runtime = new LaneRuntime(new LaneSettings { Lanes = lanes, Lookahead = ActorSimulator.LookaheadOf(scenario) });
        try
        {
            Wire(_nodes, _runtime, lanes, from);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Accesses performed so far. Any thread.</summary>
    public long Accesses => _memories.Sum(memory => memory.Processor.Counters.Accesses);

    /// <summary>Asks for a cut; see <see cref="LaneRuntime.RequestCut"/>.</summary>
    public void RequestCut() => _runtime.RequestCut();

    /// <summary>Runs; see <see cref="LaneRuntime.Run"/>.</summary>
    public RunOutcome Run(RunLimits limits, Action<Lanes.RunProgress> progress, CancellationToken cancellation) =>
        _runtime.Run(limits, progress, cancellation);

    /// <summary>The state now, between two runs.</summary>
    public RunCut Cut() => RunCut.Take(_nodes, _runtime);

    /// <summary>The report, once the run has ended.</summary>
    public RunReport Report(TimeSpan wall) =>
        new ReportBuilder(_scenario, [.. _nodes.Select(NodeSnapshot.Of)], WholeAudit.Of(_memories)).Build(wall, _lanes, _runtime.Now);

    /// <inheritdoc/>
    public void Dispose()
    {
        _runtime.Dispose();
        foreach (MemoryNode memory in _memories)
        {
            memory.Processor.CloseStreams();
        }
    }

    /// <summary>Makes the actor of each node, on the lane of its share, and lets the nodes send to each other.</summary>
    internal static IActorRef[] Wire(IReadOnlyList<Node> nodes, LaneRuntime runtime, int lanes, RunCut? from = null)
    {
        IReadOnlyList<(int Node, TimedMessage Message)> pending = from?.Load(nodes) ?? [];
        var actors = new IActorRef[nodes.Count];
        int[] shares = LaneShares.Of(nodes, lanes);
        foreach (Node node in nodes)
        {
            if (from is null)
            {
                (node as MemoryNode)?.Processor.StartFreeStreams();
            }

            node.Deliver = (target, message) => actors[target].Tell(message, ActorRefs.NoSender);
            actors[node.Index] = runtime.Spawn(node.Name, NodeActor.Of(node), shares[node.Index]);
        }

        runtime.ConnectNodes(actors);
        if (from is not null)
        {
            runtime.Restore(pending, from.LastStep);
        }

        return actors;
    }
}
