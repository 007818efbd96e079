using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;

namespace HmmSim.Protocol.Tests.Addresses;

/// <summary>A message gives back the masks it was given, however it keeps them.</summary>
public sealed class CompactMaskTests
{
    public static TheoryData<PageMask> Special =>
        [default, PageMask.Of(0), PageMask.Of(63), PageMask.Of(64), PageMask.Of(511), PageMask.All, PageMask.All - PageMask.Of(511)];

    [Theory]
    [MemberData(nameof(Special))]
    public void Nothing_one_page_and_everything_come_back(PageMask mask) => Comes(mask, PageMask.All - mask);

    [Fact]
    public void Any_two_masks_come_back() => Gen.Select(Gen.Int[0, 511].Array[0, 6], Gen.Int[0, 511].Array[0, 6])
        .Sample((pages, subset) => Comes(MaskOf(pages), MaskOf(subset)));

    private static void Comes(PageMask pages, PageMask subset)
    {
        Message message = new() { Kind = MessageKind.RangeFault, From = new MemoryId(1), To = new MemoryId(2), Pages = pages, Subset = subset };
        Assert.Equal(pages, message.Pages);
        Assert.Equal(subset, message.Subset);
    }

    private static PageMask MaskOf(int[] pages)
    {
        PageMask mask = default;
        foreach (int page in pages)
        {
            mask.Add(page);
        }

        return mask;
    }
}
