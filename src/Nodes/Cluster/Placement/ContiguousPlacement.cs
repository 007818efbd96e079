using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Cluster.Placement;

/// <summary>
/// Neighbours in the scenario stay together: the list of hosts is cut into one stretch for each member, at the places that share
/// out the processors most evenly. Files mostly list hosts in the order of racks, so neighbours talk most.
/// </summary>
public sealed class ContiguousPlacement : IHostPlacement
{
    /// <inheritdoc/>
    public string Name => "contiguous";

    /// <inheritdoc/>
    public string Meaning => "hosts that stand together in the file share a member; members get equal numbers of processors";

    /// <inheritdoc/>
    public IReadOnlyList<int> Place(Scenario scenario, int members)
    {
        long total = scenario.Hosts.Sum(Weight);
        long before = 0;
        int last = 0;
        var placed = new int[scenario.Hosts.Length];
        for (int host = 0; host < placed.Length; host++)
        {
            // Where the middle of the host's weight falls; but no member is left out, neither here nor behind.
            long middle = (2 * before) + Weight(scenario.Hosts[host]);
            int wanted = (int)(middle * members / (2 * total));
            int atLeast = Math.Max(last, members - (placed.Length - host));
            int atMost = host == 0 ? 0 : last + 1;
            placed[host] = last = Math.Clamp(wanted, Math.Min(atLeast, atMost), Math.Min(atMost, members - 1));
            before += Weight(scenario.Hosts[host]);
        }

        return placed;
    }

    private static long Weight(HostSpec host) => 1 + host.Devices.Length;
}
