using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests.Placement;

/// <summary>Whole hosts on members, and what a message between members takes at least.</summary>
public sealed class PlacementTests
{
    private static readonly Scenario Ring = LocalRun.Shipped("ring-64.yaml");

    public static TheoryData<string, int> RulesAndMembers()
    {
        TheoryData<string, int> all = [];
        foreach (IHostPlacement rule in HostPlacements.All)
        {
            foreach (int members in new[] { 1, 2, 3, 7, 63, 64 })
            {
                all.Add(rule.Name, members);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(RulesAndMembers))]
    public void Every_member_gets_its_share_of_hosts(string rule, int members)
    {
        IReadOnlyList<int> placed = HostPlacements.Find(rule)!.Place(Ring, members);
        int[] shares = [.. Enumerable.Range(0, members).Select(member => placed.Count(each => each == member))];
        Assert.Equal(64, placed.Count);
        Assert.True(shares.Max() - shares.Min() <= 1, string.Join(' ', shares));
    }

    [Fact]
    public void Contiguous_keeps_neighbours_together() =>
        Assert.Equal(new ContiguousPlacement().Place(Ring, 5).Order(), new ContiguousPlacement().Place(Ring, 5));

    [Fact]
    public void Contiguous_weighs_processors_and_leaves_no_member_out()
    {
        HostSpec crowded = Ring.Hosts[0] with { Devices = [.. Enumerable.Repeat(Ring.Hosts[0].Devices[0], 20)] };
        Scenario uneven = Ring with { Hosts = [crowded, .. Ring.Hosts.Skip(1).Take(5)] };
        Assert.Equal([0, 1, 1, 1, 1, 1], new ContiguousPlacement().Place(uneven, 2));
        Assert.Equal([0, 1, 2, 3, 4, 5], new ContiguousPlacement().Place(uneven, 6));
    }

    [Fact]
    public void The_distance_between_members_is_the_least_latency_of_links_that_lead_there()
    {
        MemberMap map = new(Ring, new ContiguousPlacement().Place(Ring, 4), 4);
        Assert.Equal(10_000_000, map.Distance(0, 1));
        Assert.Equal(20_000_000, map.Distance(0, 2));
        Assert.Equal(10_000_000, map.Distance(0, 3)); // around the ring
        Assert.Equal(20_000_000, map.Distance(0, 0)); // there and back
        Assert.Equal(long.MaxValue, new MemberMap(Ring, new ContiguousPlacement().Place(Ring, 1), 1).Distance(0, 0));
    }

    [Fact]
    public void A_switch_goes_where_its_first_link_leads()
    {
        Scenario two = LocalRun.Shipped("two-hosts.yaml");
        MemberMap map = new(two, [1, 0], 2);
        Assert.Equal([1, 1, 1, 0, 0, 0, 1, 0], Enumerable.Range(0, 8).Select(node => map[node]));
    }

    [Fact]
    public void A_placement_that_forgets_a_host_or_invents_a_member_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new MemberMap(Ring, [0], 1));
        Assert.Throws<ArgumentException>(() => new MemberMap(Ring, [.. Enumerable.Repeat(2, 64)], 2));
    }
}
