using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Cluster.Placement;

/// <summary>
/// Which processors and areas of a scenario can affect each other at all, as groups, and which of them cross the border between two
/// members.
/// </summary>
/// <remarks>
/// A processor joins the areas that its streams use: bringing a page of one evicts a page of another. A stream joins its processor and
/// those of the streams it waits for. A home alone joins nothing: it serves each block for itself, and its RAM makes nobody wait. Only
/// an unmap locks the whole address space, so it joins all areas of the home.
/// </remarks>
internal sealed class SharingMap
{
    private const int UsersToCheck = 64;

    private readonly SystemPlan _plan;
    private readonly MemberMap _members;
    private readonly IReadOnlyList<VmArea> _areas;
    private readonly Dictionary<VirtualPageNumber, int> _areaNumbers = [];
    private readonly int[] _group; // nodes, then areas
    private readonly bool[] _groupCrosses;
    private readonly bool[] _areaCrosses;
    private readonly bool[] _streamCrosses;
    private readonly List<int>[] _usersOf;

    /// <summary>The map of a scenario and a placement.</summary>
    public SharingMap(Scenario scenario, SystemPlan plan, MemberMap members)
    {
        _plan = plan;
        _members = members;
        _areas = plan.Layout[default]?.Areas ?? [];
        int nodes = plan.Graph.Nodes.Count;
        _group = [.. Enumerable.Range(0, nodes + _areas.Count)];
        _usersOf = [.. _areas.Select(_ => new List<int>())];
        var areaByName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int area = 0; area < _areas.Count; area++)
        {
            areaByName.Add(_areas[area].Name, area);
            _areaNumbers.Add(_areas[area].Begin, area);
        }

        var nodeByName = plan.Graph.Nodes.Select((name, node) => (name, node)).ToDictionary(pair => pair.name, pair => pair.node, StringComparer.Ordinal);
        var processorOf = scenario.Streams.ToDictionary(stream => stream.Name, stream => nodeByName[stream.Processor], StringComparer.Ordinal);
        foreach (StreamSpec stream in scenario.Streams)
        {
            int processor = nodeByName[stream.Processor];
            foreach (int area in AreasOf(stream).Select(name => areaByName[name]))
            {
                _usersOf[area].Add(processor);
                Join(processor, nodes + area);
            }

            foreach (string awaited in stream.StartAfter)
            {
                Join(processor, processorOf[awaited]);
            }

            if (stream.Pattern is UnmapPattern)
            {
                foreach (int area in Enumerable.Range(0, _areas.Count).Where(area => plan.NodeOf[_areas[area].Home] == processor))
                {
                    Join(processor, nodes + area);
                }
            }
        }

        for (int each = 0; each < _group.Length; each++)
        {
            _group[each] = Find(each);
        }

        _areaCrosses = [.. Enumerable.Range(0, _areas.Count).Select(Leaves)];
        _streamCrosses =
        [
            .. scenario.Streams.Select((stream, number) => AreasOf(stream).Any(name => _areaCrosses[areaByName[name]])
                || plan.NodesWaitingForStream[number].Any(node => members[node] != members[processorOf[stream.Name]])),
        ];
        _groupCrosses = new bool[_group.Length];
        for (int area = 0; area < _areas.Count; area++)
        {
            _groupCrosses[_group[nodes + area]] |= _areaCrosses[area];
        }

        for (int stream = 0; stream < _streamCrosses.Length; stream++)
        {
            _groupCrosses[_group[nodeByName[scenario.Streams[stream].Processor]]] |= _streamCrosses[stream];
        }
    }

    /// <summary>Above every number of a group.</summary>
    public int Groups => _group.Length;

    /// <summary>The group of a node.</summary>
    public int GroupOfNode(int node) => _group[node];

    /// <summary>The group of an area.</summary>
    public int GroupOfArea(VmArea area) => _group[_plan.Graph.Nodes.Count + _areaNumbers[area.Begin]];

    /// <summary>Whether something of a group is on one member and something on another.</summary>
    public bool Crosses(int group) => _groupCrosses[group];

    /// <summary>Whether messages about an area pass between members.</summary>
    public bool AreaCrosses(VmArea area) => _areaCrosses[_areaNumbers[area.Begin]];

    /// <summary>Whether a stream uses such an area, or another member waits for its end.</summary>
    public bool StreamCrosses(int stream) => _streamCrosses[stream];

    /// <summary>The areas with messages between members that a node uses.</summary>
    public IEnumerable<VmArea> CrossingAreasOf(int node) =>
        Enumerable.Range(0, _areas.Count).Where(area => _areaCrosses[area] && _usersOf[area].Contains(node)).Select(area => _areas[area]);

    private static IEnumerable<string> AreasOf(StreamSpec stream) => stream.Pattern switch
    {
        BufferPattern pattern => [pattern.Buffer],
        StencilPattern pattern => [pattern.Source, pattern.Target],
        UnmapPattern pattern => [pattern.Buffer],
        TracePattern => [stream.Name],
        _ => throw new InvalidOperationException($"stream {stream.Name}: {stream.Pattern.Keyword} is no access pattern"),
    };

    /// <summary>Whether some way between two users of an area, its home among them, leads over another member.</summary>
    private bool Leaves(int area)
    {
        int[] users = [.. _usersOf[area].Append(_plan.NodeOf[_areas[area].Home]).Distinct()];
        if (users.Any(node => _members[node] != _members[users[0]]) || users.Length > UsersToCheck)
        {
            return true;
        }

        return users.Any(from => users.Any(to => from != to
            && _plan.Graph.FindRoute(from, to).Links.Any(link => _members[_plan.Graph.Ends[link].To] != _members[from])));
    }

    private void Join(int left, int right) => _group[Find(left)] = Find(right);

    private int Find(int each)
    {
        while (_group[each] != each)
        {
            _group[each] = _group[_group[each]];
            each = _group[each];
        }

        return each;
    }
}
