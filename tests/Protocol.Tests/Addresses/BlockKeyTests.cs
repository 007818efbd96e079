using CsCheck;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Tests.Addresses;

/// <summary>Numbers of pages and blocks, and their packing into keys.</summary>
public sealed class BlockKeyTests
{
    private static readonly Gen<(ushort Space, ulong Block)> GenParts = Gen.Select(Gen.UShort, Gen.ULong[0, (1UL << 36) - 1]);

    [Fact]
    public void A_key_holds_space_and_block() =>
        GenParts.Sample(parts =>
        {
            BlockKey key = new(new AddressSpaceId(parts.Space), new VirtualBlockNumber(parts.Block));
            Assert.Equal((parts.Space, parts.Block), (key.Space.Value, key.Block.Value));
            Assert.Equal(key, new BlockKey(key.Value));
        });

    [Fact]
    public void Keys_are_ordered_by_space_and_then_by_address() =>
        Gen.Select(GenParts, GenParts).Sample((left, right) =>
        {
            BlockKey a = new(new AddressSpaceId(left.Space), new VirtualBlockNumber(left.Block));
            BlockKey b = new(new AddressSpaceId(right.Space), new VirtualBlockNumber(right.Block));
            int order = left.CompareTo(right);
            Assert.Equal(Math.Sign(order), Math.Sign(a.CompareTo(b)));
            Assert.Equal([order < 0, order > 0, order <= 0, order >= 0], new[] { (a < b), (a > b), (a <= b), (a >= b) });
        });

    [Fact]
    public void A_page_lies_in_its_block() =>
        Gen.ULong[0, (1UL << VirtualPageNumber.Bits) - 1].Sample(value =>
        {
            VirtualPageNumber page = new(value);
            Assert.Equal(page, page.Block.Page(page.IndexInBlock));
            Assert.Equal(page.Block.FirstPage + page.IndexInBlock, page);
            Assert.Equal(page, VirtualPageNumber.OfAddress((value << 12) | 0xfff));
        });

    [Fact]
    public void A_key_prints_space_and_address() =>
        Assert.Equal("3:0x400000", new BlockKey(new AddressSpaceId(3), new VirtualBlockNumber(2)).ToString());
}
