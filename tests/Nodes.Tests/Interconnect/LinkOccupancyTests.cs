using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Interconnect;

/// <summary>Times in nanoseconds; a link of 1 GB/s carries a byte in one of them.</summary>
public sealed class LinkOccupancyTests
{
    private const long LatencyNs = 300;

    [Fact]
    public void A_copy_takes_its_transfer_time_and_the_latency() => Assert.Equal((300, 1300), Transfer(NewLink(), 0, 0, 1000));

    [Fact]
    public void Two_copies_queue_behind_each_other()
    {
        LinkOccupancy link = NewLink();
        Assert.Equal((300, 1300), Transfer(link, 0, 0, 1000));
        Assert.Equal((1300, 3300), Transfer(link, 400, 400, 2000));
        Assert.Equal((9300, 9301), Transfer(link, 9000, 9000, 1)); // free again
    }

    [Theory]
    [InlineData(1, 2600 - 1000)] // the same rate: only the second latency is added
    [InlineData(4, 2600 - 1000)] // a faster second link cannot end before the first one delivers
    public void Links_are_cut_through(int secondGigabytesPerSecond, long expectedTail)
    {
        (long head, long tail) = Transfer(NewLink(), 0, 0, 1000);
        Assert.Equal((600, expectedTail), Transfer(NewLink(secondGigabytesPerSecond), head, tail, 1000));
    }

    [Fact]
    public void A_slower_second_link_sets_the_pace()
    {
        (long head, long tail) = Transfer(NewLink(4), 0, 0, 1000);
        Assert.Equal((300, 550), (head, tail));
        Assert.Equal((600, 1600), Transfer(NewLink(), head, tail, 1000));
    }

    [Fact]
    public void Small_accesses_do_not_wait_for_copies_nor_copies_for_them()
    {
        LinkOccupancy link = NewLink();
        Transfer(link, 0, 0, 1_000_000);
        Assert.Equal(138, Access(link, 10, 128));
        Assert.Equal((1_000_300, 1_000_310), Transfer(link, 0, 0, 10));
    }

    [Fact]
    public void Small_accesses_queue_behind_each_other()
    {
        LinkOccupancy link = NewLink();
        Assert.Equal(128, Access(link, 0, 128));
        Assert.Equal(256, Access(link, 100, 128));
        Assert.Equal(1128, Access(link, 1000, 128));
    }

    [Fact]
    public void Traffic_is_counted()
    {
        LinkOccupancy link = NewLink();
        Transfer(link, 0, 0, 1000);
        link.Count(3, 384);
        Assert.Equal((4, 1384, 1384), (link.Messages, link.Bytes, link.BusyTime.Picoseconds / 1000));
    }

    private static LinkOccupancy NewLink(int gigabytesPerSecond = 1) => new(new LinkSpec
    {
        From = "a",
        To = "b",
        Latency = VirtualDuration.FromNanoseconds(LatencyNs),
        Bandwidth = new Bandwidth(gigabytesPerSecond * 1_000_000_000L),
    });

    private static (long Head, long Tail) Transfer(LinkOccupancy link, long head, long tail, long bytes)
    {
        (VirtualTime first, VirtualTime last) = link.Transfer(At(head), At(tail), bytes);
        return (first.Picoseconds / 1000, last.Picoseconds / 1000);
    }

    private static long Access(LinkOccupancy link, long at, long bytes) => link.Access(At(at), bytes).Picoseconds / 1000;

    private static VirtualTime At(long nanoseconds) => VirtualTime.Zero + VirtualDuration.FromNanoseconds(nanoseconds);
}
