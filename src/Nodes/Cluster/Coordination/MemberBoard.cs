using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using HmmSim.Nodes.Cluster.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>The members of the cluster that simulate, as a submitter sees them.</summary>
internal static class MemberBoard
{
    /// <summary>The members that can be given work now, in the order of their addresses: up, and reachable.</summary>
    public static ImmutableArray<Address> Available(ActorSystem system)
    {
        ClusterEvent.CurrentClusterState state = AkkaCluster.Get(system).State;
        return
        [
            .. state.Members.Where(member => member.HasRole(ClusterNodeOptions.SimulatorRole) && member.Status == MemberStatus.Up)
                .Except(state.Unreachable)
                .Select(member => member.Address)
                .OrderBy(address => address.ToString(), StringComparer.Ordinal),
        ];
    }
}
