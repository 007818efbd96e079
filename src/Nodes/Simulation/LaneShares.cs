using HmmSim.Nodes.Actors;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Simulation;

/// <summary>Which actor goes on which lane. It has no influence on results.</summary>
internal static class LaneShares
{
    /// <summary>
    /// The lane of each node: whole hosts on one lane after the other, since a host's memories talk mostly to each other; single nodes
    /// where there are too few hosts to share out evenly, and the nodes that belong to no host.
    /// </summary>
    public static int[] Of(IReadOnlyList<Node> nodes, int lanes)
    {
        HostId?[] hosts = [.. nodes.Select(HostOf)];
        HostId[] distinct = [.. hosts.OfType<HostId>().Distinct()];
        if (distinct.Length < 2 * lanes)
        {
            return [.. Enumerable.Range(0, nodes.Count).Select(position => position % lanes)];
        }

        var laneOf = distinct.Select((host, position) => (host, lane: position % lanes)).ToDictionary(pair => pair.host, pair => pair.lane);
        return [.. hosts.Select((host, position) => host is { } known ? laneOf[known] : position % lanes)];
    }

    private static HostId? HostOf(Node node) => node switch
    {
        CpuNode cpu => cpu.Layout.Memories[cpu.Home.Id].Host,
        DeviceNode device => device.Layout.Memories[device.Memory.Id].Host,
        _ => null,
    };
}
