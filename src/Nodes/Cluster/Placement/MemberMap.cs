using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Cluster.Placement;

/// <summary>
/// Which member holds which node, and how long a message takes at least from one member to another: what lets members run ahead
/// of each other. Every member computes the same map from the scenario.
/// </summary>
internal sealed class MemberMap
{
    private const long Unreachable = long.MaxValue;
    private readonly int[] _memberOf;
    private readonly long[] _distance;

    /// <summary>The map for a placement of hosts.</summary>
    /// <exception cref="ArgumentException">The placement names a member that does not exist, or forgets a host.</exception>
    public MemberMap(Scenario scenario, IReadOnlyList<int> memberOfHost, int members)
    {
        if (memberOfHost.Count != scenario.Hosts.Length || memberOfHost.Any(member => member < 0 || member >= members))
        {
            throw new ArgumentException(
                $"the placement names members [{string.Join(", ", memberOfHost)}] for {scenario.Hosts.Length} hosts; "
                + $"expected one from 0 to {members - 1} for each host",
                nameof(memberOfHost));
        }

        Members = members;
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int host = 0; host < memberOfHost.Count; host++)
        {
            byName.Add(scenario.Hosts[host].Cpu.Name, memberOfHost[host]);
            foreach (DeviceSpec device in scenario.Hosts[host].Devices)
            {
                byName.Add(device.Name, memberOfHost[host]);
            }
        }

        PlaceSwitches(scenario, byName);
        _memberOf =
        [
            .. scenario.Hosts.SelectMany(host => host.Devices.Select(device => device.Name).Prepend(host.Cpu.Name)).Concat(scenario.Switches)
                .Select(name => byName[name]),
        ];
        _distance = DistancesOf(scenario, byName, members);
    }

    /// <summary>How many members there are.</summary>
    public int Members { get; }

    /// <summary>The member that holds a node.</summary>
    public int this[int node] => _memberOf[node];

    /// <summary>
    /// What a message that something on <paramref name="from"/> causes on <paramref name="to"/> takes at least, over any number of
    /// members, in picoseconds; from a member to itself: by way of another one. <see cref="long.MaxValue"/> if there is no way.
    /// </summary>
    public long Distance(int from, int to) => _distance[(from * Members) + to];

    /// <summary>A switch goes where the first of its links in the file leads that is placed already; one without any to the first member.</summary>
    private static void PlaceSwitches(Scenario scenario, Dictionary<string, int> byName)
    {
        bool placed = true;
        while (placed)
        {
            placed = false;
            foreach (LinkSpec link in scenario.Links)
            {
                placed |= byName.TryGetValue(link.From, out int member) && byName.TryAdd(link.To, member);
                placed |= byName.TryGetValue(link.To, out member) && byName.TryAdd(link.From, member);
            }
        }

        foreach (string name in scenario.Switches)
        {
            byName.TryAdd(name, 0);
        }
    }

    private static long[] DistancesOf(Scenario scenario, Dictionary<string, int> byName, int members)
    {
        var distance = new long[members * members];
        Array.Fill(distance, Unreachable);
        foreach (LinkSpec link in scenario.Links.Where(link => byName[link.From] != byName[link.To]))
        {
            ref long direct = ref Between(byName[link.From], byName[link.To]);
            direct = Math.Min(direct, link.Latency.Picoseconds);
        }

        for (int by = 0; by < members; by++)
        {
            for (int from = 0; from < members; from++)
            {
                for (int to = 0; to < members; to++)
                {
                    ref long least = ref Between(from, to);
                    least = Math.Min(least, Sum(Between(from, by), Between(by, to)));
                }
            }
        }

        return distance;

        ref long Between(int from, int to) => ref distance[(from * members) + to];
    }

    /// <summary>A sum in which "never" stays "never".</summary>
    public static long Sum(long left, long right) => left == Unreachable || right == Unreachable ? Unreachable : left + right;
}
