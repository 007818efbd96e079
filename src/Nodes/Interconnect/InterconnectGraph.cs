using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Interconnect;

/// <summary>
/// The directed links between the nodes of the simulated system (processors with their memories, and switches), and one fixed
/// route for each ordered pair: the one with the least total latency; at equal latency fewer links; then the earlier links of the
/// scenario. CPUs and switches forward what is meant for others, devices do not (nvidia-uvm never uses a device as a hop).
/// </summary>
public sealed class InterconnectGraph
{
    private readonly int[][] _linksFrom;
    private readonly HashSet<int> _endpoints;

    /// <summary>The graph of a scenario.</summary>
    /// <param name="nodes">Names of the nodes; a node is known by its position here.</param>
    /// <param name="links">The directed links; a link is known by its position here.</param>
    /// <param name="endpoints">Names of the nodes that do not forward: the devices.</param>
    public InterconnectGraph(IReadOnlyList<string> nodes, IReadOnlyList<LinkSpec> links, IEnumerable<string> endpoints)
    {
        Nodes = nodes;
        Links = links;
        var byName = nodes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        _endpoints = [.. endpoints.Select(name => byName[name])];
        Ends = [.. links.Select(link => (byName[link.From], byName[link.To]))];
        _linksFrom = [.. nodes.Select((_, node) => Enumerable.Range(0, links.Count).Where(link => Ends[link].From == node).ToArray())];
    }

    /// <summary>Names of the nodes.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>The directed links.</summary>
    public IReadOnlyList<LinkSpec> Links { get; }

    /// <summary>The nodes at the ends of each link.</summary>
    public IReadOnlyList<(int From, int To)> Ends { get; }

    /// <summary>The smallest latency of any link: what no message can undercut.</summary>
    public VirtualDuration LeastLatency => Links.Count == 0 ? new VirtualDuration(long.MaxValue) : Links.Min(link => link.Latency);

    /// <summary>Finds the route between two different nodes; callers keep what they use.</summary>
    /// <exception cref="InvalidOperationException">No path leads there.</exception>
    public Route FindRoute(int from, int to)
    {
        var reached = new Dictionary<int, int>();
        var open = new SortedSet<(long Latency, int Hops, int Order, int Node, int Link)> { (0, 0, 0, from, -1) };
        int order = 0;
        while (open.Count > 0)
        {
            (long latency, int hops, _, int node, int link) = open.Min;
            open.Remove(open.Min);
            if (!reached.TryAdd(node, link))
            {
                continue;
            }

            if (node == to)
            {
                return BuildRoute(reached, from, to);
            }

            if (node != from && _endpoints.Contains(node))
            {
                continue;
            }

            foreach (int next in _linksFrom[node])
            {
                open.Add((latency + Links[next].Latency.Picoseconds, hops + 1, ++order, Ends[next].To, next));
            }
        }

        throw new InvalidOperationException($"no path of links leads from {Nodes[from]} to {Nodes[to]}");
    }

    private Route BuildRoute(Dictionary<int, int> reached, int from, int to)
    {
        var links = new List<int>();
        for (int node = to; node != from; node = Ends[reached[node]].From)
        {
            links.Add(reached[node]);
        }

        links.Reverse();
        return new Route([.. links], new VirtualDuration(links.Sum(link => Links[link].Latency.Picoseconds)));
    }
}
