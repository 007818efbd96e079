using System.Diagnostics;
using Akka.Actor;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Time;
using ScenarioProgress = HmmSim.Nodes.Scenarios.RunProgress;

namespace HmmSim.Nodes.Simulation;

/// <summary>Runs a scenario on real Akka actors: one for each CPU memory, each device memory and each switch, on lanes of this process.</summary>
public sealed class ActorSimulator : ISimulator
{
    /// <inheritdoc/>
    public RunReport Run(Scenario scenario, RunOptions options, IProgress<ScenarioProgress> progress, CancellationToken cancellation)
    {
        IReadOnlyList<Node> nodes = SystemBuilder.Build(scenario);
        MemoryNode[] memories = [.. nodes.OfType<MemoryNode>()];
        try
        {
            return Run(scenario, options, nodes, memories, progress, cancellation);
        }
        finally
        {
            foreach (MemoryNode memory in memories)
            {
                memory.Processor.CloseStreams();
            }
        }
    }

    private static RunReport Run(
        Scenario scenario,
        RunOptions options,
        IReadOnlyList<Node> nodes,
        MemoryNode[] memories,
        IProgress<ScenarioProgress> progress,
        CancellationToken cancellation)
    {
        using LaneRuntime runtime = new(new LaneSettings { Lanes = options.Lanes, Lookahead = LookaheadOf(scenario) });
        Wire(nodes, runtime, options.Lanes);
        Stopwatch wall = Stopwatch.StartNew();
        RunOutcome outcome = runtime.Run(
            RunLimits.None,
            at => progress.Report(new ScenarioProgress(at.Horizon, at.Steps, memories.Sum(memory => memory.Processor.Counters.Accesses))),
            cancellation);
        wall.Stop();
        if (outcome == RunOutcome.Cancelled)
        {
            throw new OperationCanceledException(cancellation);
        }

        return new ReportBuilder(scenario, [.. nodes.Select(NodeSnapshot.Of)], WholeAudit.Of(memories)).Build(wall.Elapsed, options.Lanes, runtime.Now);
    }

    /// <summary>
    /// What no node can undercut when it causes something at another node or, by a fault, at itself: the least latency of links
    /// and of the ways from a miss to its handler.
    /// </summary>
    internal static VirtualDuration LookaheadOf(Scenario scenario) => scenario.Links.Select(link => link.Latency)
        .Concat(scenario.Hosts.Select(host => host.Cpu.FaultOverhead))
        .Concat(scenario.Hosts.SelectMany(host => host.Devices.Select(device => device.FaultLatency)))
        .Min();

    /// <summary>Makes the actor of each node, on the lane of its share, and lets the nodes send to each other.</summary>
    internal static IActorRef[] Wire(IReadOnlyList<Node> nodes, LaneRuntime runtime, int lanes)
    {
        var actors = new IActorRef[nodes.Count];
        int[] shares = LaneShares.Of(nodes, lanes);
        foreach (Node node in nodes)
        {
            (node as MemoryNode)?.Processor.StartFreeStreams();
            node.Deliver = (target, message) => actors[target].Tell(message, ActorRefs.NoSender);
            actors[node.Index] = runtime.Spawn(node.Name, NodeActor.Of(node), shares[node.Index]);
        }

        return actors;
    }
}
