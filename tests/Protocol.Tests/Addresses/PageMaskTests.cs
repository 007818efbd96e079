using CsCheck;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Tests.Addresses;

/// <summary>The 512-bit page set against a set of numbers.</summary>
public sealed class PageMaskTests
{
    private static readonly Gen<HashSet<int>> GenSet = Gen.OneOf(
        Gen.Int[0, 511].Array[0, 40].Select(pages => pages.ToHashSet()),
        Gen.Select(Gen.Int[0, 511], Gen.Int[0, 512]).Select((begin, count) => Enumerable.Range(begin, Math.Min(count, 512 - begin)).ToHashSet()));

    [Fact]
    public void Operators_are_those_of_sets() =>
        Gen.Select(GenSet, GenSet).Sample((left, right) =>
        {
            PageMask a = Mask(left);
            PageMask b = Mask(right);
            Assert.Equal(left.Union(right).Order(), Pages(a | b));
            Assert.Equal(left.Intersect(right).Order(), Pages(a & b));
            Assert.Equal(left.Except(right).Order(), Pages(a - b));
            Assert.Equal(left.Overlaps(right), a.Overlaps(b));
            Assert.Equal(left.SetEquals(right), a == b);
            Assert.Equal(left.SetEquals(right), a.Equals((object)b));
            Assert.Equal(!left.SetEquals(right), a != b);
            Assert.Equal(a.GetHashCode(), Mask(left).GetHashCode());
        });

    [Fact]
    public void Members_are_those_of_sets() =>
        Gen.Select(GenSet, Gen.Int[0, 511], Gen.Int[0, 700]).Sample((set, page, from) =>
        {
            PageMask mask = Mask(set);
            Assert.Equal(set.Count, mask.Count);
            Assert.Equal(set.Count == 0, mask.IsEmpty);
            Assert.Equal(set.Contains(page), mask.Contains(page));
            Assert.Equal(set.Append(512).Min(), mask.First);
            Assert.Equal(set.Append(-1).Max(), mask.Last);
            Assert.Equal(set.Order(), mask.Enumerate());
            Assert.Equal(set.Where(member => member >= from).Append(512).Min(), mask.NextAtOrAfter(from));
            for (int word = 0; word < 8; word++)
            {
                ulong bits = set.Where(member => member / 64 == word).Aggregate(0UL, (sum, member) => sum | (1UL << (member % 64)));
                Assert.Equal(bits, mask.Read(word));
            }

            mask.Add(page);
            Assert.Equal(set.Append(page).Distinct().Order(), Pages(mask));
            mask.Remove(page);
            Assert.Equal(set.Where(member => member != page).Order(), Pages(mask));
        });

    [Fact]
    public void A_range_is_clipped_at_the_end_of_the_block() =>
        Gen.Select(Gen.Int[0, 512], Gen.Int[0, 1100]).Sample((begin, count) =>
            Assert.Equal(Enumerable.Range(begin, count).Where(page => page < 512), Pages(PageMask.Range(begin, count))));

    [Fact]
    public void All_is_the_range_of_512()
    {
        Assert.Equal(PageMask.All, PageMask.Range(0, 512));
        Assert.Equal(512, PageMask.All.Count);
        Assert.Equal(Enumerable.Range(0, 512), Pages(PageMask.All));
        Assert.Equal(PageMask.Of(511), PageMask.All - PageMask.Range(0, 511));
    }

    [Fact]
    public void A_mask_prints_as_ranges()
    {
        Assert.Equal("-", default(PageMask).ToString());
        Assert.Equal("0-511", PageMask.All.ToString());
        Assert.Equal("0-15,40,63-64,511", (PageMask.Range(0, 16) | PageMask.Of(40) | PageMask.Range(63, 2) | PageMask.Of(511)).ToString());
    }

    [Fact]
    public void What_is_printed_names_every_page() =>
        GenSet.Sample(set =>
        {
            string text = Mask(set).ToString();
            IEnumerable<int> named = text == "-" ? [] : text.Split(',').SelectMany(part =>
            {
                int[] ends = [.. part.Split('-').Select(int.Parse)];
                return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
            });
            Assert.Equal(set.Order(), named);
        });

    private static PageMask Mask(IEnumerable<int> pages)
    {
        PageMask mask = default;
        foreach (int page in pages)
        {
            mask |= PageMask.Of(page);
        }

        return mask;
    }

    private static List<int> Pages(PageMask mask)
    {
        List<int> pages = [];
        foreach (int page in mask)
        {
            pages.Add(page);
        }

        return pages;
    }
}
