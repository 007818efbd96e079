using CsCheck;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Tests.Addresses;

/// <summary>The packed words of a block's pages against an array of 512.</summary>
public sealed class PageWordsTests
{
    private static readonly Gen<(int Begin, int Step, int Count, ulong Word)[]> Changes =
        Gen.Select(Gen.Int[0, 511], Gen.Int[0, 255].Select(half => (2 * half) + 1), Gen.Int[1, 512], Gen.ULong[0, 3]).Array[0, 12];

    [Fact]
    public void Words_are_an_array_of_512() => Changes.Sample(changes =>
    {
        ulong[] expected = new ulong[VirtualBlockNumber.Pages];
        PageWords words = PageWords.WithPlaces();
        foreach ((int begin, int step, int count, ulong word) in changes)
        {
            for (int at = 0; at < count; at++)
            {
                int page = (begin + (at * step)) % VirtualBlockNumber.Pages;
                words[page] = word;
                expected[page] = word;
                Assert.Equal(word, words[page]);
            }

            CheckAgainst(expected, words);
        }
    });

    [Fact]
    public void Words_with_equal_contents_are_equal_however_they_came_to_be() => Changes.Sample(changes =>
    {
        PageWords grown = PageWords.WithPlaces();
        PageWords full = PageWords.Full();
        foreach ((int begin, int step, int count, ulong word) in changes)
        {
            for (int at = 0; at < count; at++)
            {
                grown[(begin + (at * step)) % VirtualBlockNumber.Pages] = word;
                full[(begin + (at * step)) % VirtualBlockNumber.Pages] = word;
            }
        }

        Assert.Equal(full, grown);
        Assert.Equal(full.GetHashCode(), grown.GetHashCode());
        grown[0] = 4;
        Assert.NotEqual(full, grown);
    });

    [Fact]
    public void None_says_nothing_and_becomes_words_when_one_is_set()
    {
        PageWords words = default;
        Assert.True(words.IsNone);
        Assert.Equal(0UL, words[511]);
        Assert.Empty(Held(words));
        Assert.NotEqual(PageWords.WithPlaces(), words);
        words[511] = 7;
        Assert.False(words.IsNone);
        Assert.Equal((7UL, 1), (words[511], words.Count));
        Assert.Equal([(511, 7UL)], Held(words));
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(440, false)]
    [InlineData(441, true)]
    [InlineData(512, true)]
    public void Many_places_are_a_place_for_each_page(int places, bool isFull) => Assert.Equal(isFull, PageWords.WithPlaces(places).IsFull);

    private static void CheckAgainst(ulong[] expected, PageWords words)
    {
        List<(int Page, ulong Word)> held = Held(words);
        Assert.Equal(expected, Enumerable.Range(0, VirtualBlockNumber.Pages).Select(page => words[page]));
        Assert.Equal(Enumerable.Range(0, VirtualBlockNumber.Pages).Where(page => expected[page] != 0).Select(page => (page, expected[page])), held);
        Assert.Equal(held.Count, words.Count);
    }

    private static List<(int Page, ulong Word)> Held(PageWords words)
    {
        var held = new List<(int, ulong)>();
        foreach ((int page, ulong word) in words)
        {
            held.Add((page, word));
        }

        return held;
    }
}
