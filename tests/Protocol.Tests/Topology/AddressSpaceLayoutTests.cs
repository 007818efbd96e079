using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Topology;

/// <summary>Areas of an address space and who finds them.</summary>
public sealed class AddressSpaceLayoutTests
{
    private static readonly AddressSpaceId Space = new(0);

    [Fact]
    public void Pages_and_blocks_find_their_area_and_holes_find_none()
    {
        AddressSpaceLayout layout = new(Space, [Area("late", 2000, 100), Area("early", 600, 500)]);
        Assert.Equal(["early", "late"], layout.Areas.Select(area => area.Name));
        foreach ((ulong page, string? name) in new (ulong, string?)[]
            { (0, null), (599, null), (600, "early"), (1099, "early"), (1100, null), (1999, null), (2000, "late"), (2099, "late"), (2100, null) })
        {
            Assert.Equal(name, layout.Find(new VirtualPageNumber(page))?.Name);
        }

        // Blocks of 512 pages: "early" begins inside block 1 and ends inside block 2, "late" lies inside blocks 3 and 4.
        foreach ((ulong block, string? name) in new (ulong, string?)[] { (0, null), (1, "early"), (2, "early"), (3, "late"), (4, "late"), (5, null) })
        {
            Assert.Equal(name, layout.Find(new VirtualBlockNumber(block))?.Name);
        }
    }

    [Fact]
    public void An_area_knows_its_pages_of_each_block()
    {
        VmArea area = Area("a", 600, 1000);
        Assert.Equal("-", area.PagesIn(new VirtualBlockNumber(0)).ToString());
        Assert.Equal("88-511", area.PagesIn(new VirtualBlockNumber(1)).ToString());
        Assert.Equal("0-511", area.PagesIn(new VirtualBlockNumber(2)).ToString());
        Assert.Equal("0-63", area.PagesIn(new VirtualBlockNumber(3)).ToString());
        Assert.Equal("-", area.PagesIn(new VirtualBlockNumber(4)).ToString());
    }

    [Fact]
    public void Every_page_of_every_layout_is_found() =>
        Gen.Select(Gen.Int[0, 2000], Gen.Int[1, 1500]).Array[1, 6].Sample(parts =>
        {
            ulong next = 0;
            List<VmArea> areas = [];
            foreach ((int gap, int pages) in parts)
            {
                ulong begin = next + (ulong)gap;
                areas.Add(Area($"a{areas.Count}", begin, pages));
                next = ((begin + (ulong)pages + 511) / 512) * 512;
            }

            AddressSpaceLayout layout = new(Space, areas.AsEnumerable().Reverse());
            for (ulong page = 0; page < next + 512; page += 7)
            {
                Assert.Same(areas.Find(area => area.Begin.Value <= page && page < area.End.Value), layout.Find(new VirtualPageNumber(page)));
            }

            for (ulong block = 0; block <= next / 512; block++)
            {
                VmArea? expected = areas.Find(area => area.Begin.Block.Value <= block && block <= (area.End + -1).Block.Value);
                Assert.Same(expected, layout.Find(new VirtualBlockNumber(block)));
            }
        });

    [Fact]
    public void Areas_that_overlap_or_share_a_block_are_refused_with_both_names()
    {
        foreach (ulong begin in new ulong[] { 100, 599, 600, 1023 })
        {
            Exception refused = Assert.Throws<ArgumentException>(() => new AddressSpaceLayout(Space, [Area("one", 0, 600), Area("two", begin, 100)]));
            Assert.Contains("areas one and two share", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, new AddressSpaceLayout(Space, [Area("one", 0, 600), Area("two", 1024, 100)]).Areas.Count);
    }

    [Fact]
    public void An_empty_area_and_one_beyond_57_bit_addresses_are_refused_with_the_name()
    {
        const ulong End = 1UL << VirtualPageNumber.Bits;
        Assert.Contains(
            "area zero",
            Assert.Throws<ArgumentException>(() => new AddressSpaceLayout(Space, [Area("zero", 0, 0)])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "area far",
            Assert.Throws<ArgumentException>(() => new AddressSpaceLayout(Space, [Area("far", End - 1, 2)])).Message,
            StringComparison.Ordinal);
        Assert.NotNull(new AddressSpaceLayout(Space, [Area("last", End - 1, 1)]).Find(new VirtualPageNumber(End - 1)));
    }

    private static VmArea Area(string name, ulong begin, long pages) => new()
    {
        Name = name,
        Begin = new VirtualPageNumber(begin),
        PageCount = pages,
        Home = new MemoryId(1),
    };
}
