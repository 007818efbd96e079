using Akka.Actor;
using HmmSim.Nodes.Cluster.Hosting;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>Makes a process of a cluster one that simulates.</summary>
public static class SimulatorMember
{
    /// <summary>Starts to take runs from submitters; call it once, after joining.</summary>
    public static WorkerStatus Start(ClusterNode node)
    {
        WorkerStatus status = new();
        node.System.ActorOf(Props.Create(() => new WorkerActor(status)), WorkerActor.Name);
        return status;
    }
}
