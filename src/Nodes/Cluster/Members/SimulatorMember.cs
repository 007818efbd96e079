using Akka.Actor;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>Makes a process of a cluster one that simulates.</summary>
public static class SimulatorMember
{
    /// <summary>Makes it ready to take runs from submitters; once, before it joins.</summary>
    public static void Start(ActorSystem system, WorkerStatus status) => system.ActorOf(Props.Create(() => new WorkerActor(status)), WorkerActor.Name);
}
