using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Topology;

/// <summary>The physical numbering of the whole system.</summary>
public sealed class MemoryMapTests
{
    [Fact]
    public void A_frame_names_its_memory_at_both_ends_of_the_range()
    {
        MemoryMap map = new([Memory(3, 300, 10), Memory(1, 100, 50), Memory(2, 150, 150)]);
        Assert.Equal([1u, 2u, 3u], map.Memories.Select(memory => memory.Id.Value));
        foreach ((ulong frame, uint id) in new[] { (100UL, 1u), (149UL, 1u), (150UL, 2u), (299UL, 2u), (300UL, 3u), (309UL, 3u) })
        {
            Assert.Equal(new MemoryId(id), map.Of(new PageFrameNumber(frame)).Id);
        }

        Assert.Equal(150, map[new MemoryId(2)].FrameCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(150)]
    [InlineData(199)]
    [InlineData(210)]
    [InlineData(ulong.MaxValue)]
    public void A_frame_outside_all_ranges_is_refused(ulong frame)
    {
        MemoryMap map = new([Memory(1, 100, 50), Memory(2, 200, 10)]);
        Exception refused = Assert.Throws<ArgumentOutOfRangeException>(() => map.Of(new PageFrameNumber(frame)));
        Assert.Contains($"pfn 0x{frame:x}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_number_is_refused() =>
        Assert.Throws<KeyNotFoundException>(() => new MemoryMap([Memory(1, 100, 50)])[new MemoryId(2)]);

    [Fact]
    public void Overlapping_ranges_are_refused_with_the_name() =>
        Assert.Contains(
            "memory m2",
            Assert.Throws<ArgumentException>(() => new MemoryMap([Memory(1, 100, 51), Memory(2, 150, 10)])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_empty_range_is_refused_with_the_name() =>
        Assert.Contains("memory m1", Assert.Throws<ArgumentException>(() => new MemoryMap([Memory(1, 100, 0)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_memories_with_one_number_are_refused() =>
        Assert.Throws<ArgumentException>(() => new MemoryMap([Memory(1, 100, 1), Memory(1, 200, 1)]));

    [Fact]
    public void The_numbering_ends_at_40_bits()
    {
        const ulong End = 1UL << PageFrameNumber.Bits;
        Assert.Equal(new MemoryId(1), new MemoryMap([Memory(1, End - 4, 4)]).Of(new PageFrameNumber(End - 1)).Id);
        Assert.Contains("40-bit", Assert.Throws<ArgumentException>(() => new MemoryMap([Memory(1, End - 4, 5)])).Message, StringComparison.Ordinal);
    }

    private static MemorySpec Memory(uint id, ulong first, long frames) => new()
    {
        Id = new MemoryId(id),
        Name = $"m{id}",
        Host = new HostId(0),
        Type = MemoryType.Ram,
        FirstFrame = new PageFrameNumber(first),
        FrameCount = frames,
    };
}
