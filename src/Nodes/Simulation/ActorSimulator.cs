using System.Diagnostics;
using HmmSim.Nodes.Checkpoints;
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
    /// <exception cref="CheckpointException">The checkpoint that the run is to go on from is damaged.</exception>
    public RunReport Run(Scenario scenario, RunOptions options, IProgress<ScenarioProgress> progress, CancellationToken cancellation)
    {
        using LocalSimulation simulation = new(scenario, options.Lanes, options.Checkpoints?.From?.Read());
        using LocalCheckpoints? checkpoints = options.Checkpoints is { Store: not null } settings ? new(scenario, simulation, settings) : null;
        Stopwatch wall = Stopwatch.StartNew();
        RunOutcome outcome;
        while ((outcome = Continue()) == RunOutcome.Cut)
        {
            checkpoints!.Take();
        }

        wall.Stop();
        return outcome == RunOutcome.Cancelled ? throw new OperationCanceledException(cancellation) : simulation.Report(wall.Elapsed);

        RunOutcome Continue() => simulation.Run(
            RunLimits.None, at => progress.Report(new ScenarioProgress(at.Horizon, at.Steps, simulation.Accesses)), cancellation);
    }

    /// <summary>
    /// What no node can undercut when it causes something at another node or, by a fault, at itself: the least latency of links
    /// and of the ways from a miss to its handler.
    /// </summary>
    internal static VirtualDuration LookaheadOf(Scenario scenario) => scenario.Links.Select(link => link.Latency)
        .Concat(scenario.Hosts.Select(host => host.Cpu.FaultOverhead))
        .Concat(scenario.Hosts.SelectMany(host => host.Devices.Select(device => device.FaultLatency)))
        .Min();
}
