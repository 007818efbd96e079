using System.Diagnostics.Metrics;
using Akka.Cluster;
using HmmSim.Nodes.Cluster.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>
/// What a member measures, as instruments of .NET; any exporter can read them. All are read when somebody asks, so they cost a run
/// nothing.
/// </summary>
public sealed class NodeMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "HmmSim.Cluster";

    private readonly Meter _meter = new(Name);
    private readonly ClusterNode _node;

    /// <summary>The meter of a member.</summary>
    public NodeMeter(ClusterNode node, WorkerStatus status)
    {
        _node = node;
        _meter.CreateObservableCounter("hmmsim.windows", () => status.Now.Windows, "{window}", "Windows of virtual time that were walked");
        _meter.CreateObservableCounter("hmmsim.events", () => status.Now.Steps, "{event}", "Timed messages that actors handled");
        _meter.CreateObservableCounter("hmmsim.meetings", () => status.Now.Meetings, "{meeting}", "Meetings with the other members of a run");
        _meter.CreateObservableCounter("hmmsim.batches", () => status.Now.Frames, "{batch}", "Batches sent to other members");
        _meter.CreateObservableCounter("hmmsim.batch.bytes", () => status.Now.Bytes, "By", "Bytes in batches sent to other members");
        _meter.CreateObservableCounter("hmmsim.batch.events", () => status.Now.Events, "{event}", "Timed messages in batches sent to other members");
        _meter.CreateObservableCounter("hmmsim.run.time", () => status.Now.Running.TotalSeconds, "s", "Time in which a run was going on");
        _meter.CreateObservableCounter(
            "hmmsim.wait.time", () => status.Now.Waiting.TotalSeconds, "s", "Part of it in which the lanes waited for other members");
        _meter.CreateObservableCounter(
            "hmmsim.checkpoints", () => status.Checkpoints.Taken, "{checkpoint}", "Checkpoints for which this member has saved its part");
        _meter.CreateObservableCounter("hmmsim.checkpoint.bytes", () => status.Checkpoints.Bytes, "By", "Bytes of these parts, compressed");
        _meter.CreateObservableCounter(
            "hmmsim.checkpoint.time", () => status.Checkpoints.Pause.TotalSeconds, "s", "Time in which the simulation stood still for them");
        _meter.CreateObservableCounter("hmmsim.runs", () => status.RunsEnded, "{run}", "Runs, or parts of runs, that ended on this member");
        _meter.CreateObservableGauge("hmmsim.running", () => status.IsRunning ? 1 : 0, "{run}", "Runs that are going on on this member");
        _meter.CreateObservableGauge(
            "hmmsim.lane.utilisation",
            () => Utilisation(status),
            "1",
            "Share of the running time since the start in which the lanes did not wait for other members");
        _meter.CreateObservableGauge("hmmsim.members", Members, "{member}", "Members that simulate, as this one sees them");
        _meter.CreateObservableGauge("hmmsim.members.unreachable", () => State.Unreachable.Count, "{member}", "Members that this one cannot reach");
    }

    /// <summary>Whether this process is a member that takes part.</summary>
    public bool IsUp => !_node.Terminated.IsCompleted && AkkaCluster.Get(_node.System).SelfMember.Status == MemberStatus.Up;

    private ClusterEvent.CurrentClusterState State => AkkaCluster.Get(_node.System).State;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private int Members() => State.Members.Count(member => member.HasRole(ClusterNodeOptions.SimulatorRole) && member.Status == MemberStatus.Up);

    private static double Utilisation(WorkerStatus status)
    {
        WorkerStatus.Totals now = status.Now;
        return now.Running == TimeSpan.Zero ? 0 : Math.Clamp(1 - (now.Waiting / now.Running), 0, 1);
    }
}
