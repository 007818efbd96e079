using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Swap;

namespace HmmSim.Protocol.Tests.Swap;

/// <summary>Slots of the swap device: who keeps them, and when they are free.</summary>
public sealed class SwapAreaTests
{
    [Fact]
    public void The_lowest_free_slot_is_taken()
    {
        SwapArea swap = new();
        Assert.Equal([0, 1, 2], [swap.Allocate(10), swap.Allocate(11), swap.Allocate(12)]);
        swap.RemoveUser(1);
        Assert.Equal(2, swap.UsedCount);
        Assert.Equal(1, swap.Allocate(13));
        Assert.Equal((10UL, 13UL, 12UL), (swap.ValueOf(0), swap.ValueOf(1), swap.ValueOf(2)));
    }

    [Fact]
    public void A_slot_is_free_when_neither_an_entry_nor_the_cache_keeps_it()
    {
        SwapArea swap = new();
        int slot = swap.Allocate(5);
        swap.AddUser(slot);
        swap.EnterCache(slot, new PageFrameNumber(0x1000));
        swap.RemoveUser(slot);
        swap.RemoveUser(slot);
        Assert.Equal((0, 1), (swap.UsersOf(slot), swap.UsedCount));
        Assert.Equal(new PageFrameNumber(0x1000), swap.CachedFrameOf(slot));
        swap.LeaveCache(slot);
        Assert.Equal(0, swap.UsedCount);
    }

    [Fact]
    public void A_page_is_written_back_to_its_slot()
    {
        SwapArea swap = new();
        int slot = swap.Allocate(5);
        swap.Write(slot, 6);
        Assert.Equal((6UL, 1), (swap.ValueOf(slot), swap.UsersOf(slot)));
    }
}
