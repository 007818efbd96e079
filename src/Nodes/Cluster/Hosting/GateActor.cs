using Akka.Actor;
using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>Answers newcomers whether they fit into this cluster, before they join it.</summary>
internal sealed class GateActor : ReceiveActor
{
    /// <summary>Name of the actor under <c>/user</c>.</summary>
    public const string Name = "gate";

    /// <summary>The gate of a process.</summary>
    public GateActor(ClusterNodeOptions options) => Receive<JoinQuestion>(question => Sender.Tell(new JoinAnswer
    {
        Accepted = question.ProtocolVersion == options.ProtocolVersion && question.ProgramVersion == options.ProgramVersion,
        ProtocolVersion = options.ProtocolVersion,
        ProgramVersion = options.ProgramVersion,
    }));
}
