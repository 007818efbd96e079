using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;

namespace HmmSim.Protocol.Tests.AddressSpaces;

/// <summary>The list of areas against a plain table with one row for each page.</summary>
public sealed class VmaListTests
{
    private const int Pages = 24;

    private enum Operation
    {
        Map,
        Unmap,
        Protect,
        Lock,
    }

    [Fact]
    public void Areas_are_what_the_pages_say_and_no_two_neighbours_could_be_one() =>
        Gen.Select(Gen.Enum<Operation>(), Gen.Int[0, Pages - 1], Gen.Int[1, Pages], Gen.Bool).Array[1, 40].Sample(operations =>
        {
            VmaList list = new();
            var pages = new (Protections Protections, AreaFlags Flags)?[Pages];
            foreach ((Operation operation, int begin, int count, bool choice) in operations)
            {
                Apply(list, pages, operation, begin, Math.Min(begin + count, Pages), choice);
                Check(list, pages);
            }
        });

    private static VirtualPageNumber At(int page) => new(0x200 + (ulong)page);

    private static void Apply(
        VmaList list, (Protections Protections, AreaFlags Flags)?[] pages, Operation operation, int begin, int end, bool choice)
    {
        switch (operation)
        {
            case Operation.Map when list.FindFirst(At(begin), At(end)) is null:
                list.Insert(new Vma
                {
                    Begin = At(begin),
                    End = At(end),
                    Protections = Protections.ReadWrite,
                    Backing = AreaBacking.Anonymous,
                    PageOffset = (long)At(begin).Value,
                });
                Array.Fill(pages, (Protections.ReadWrite, AreaFlags.None), begin, end - begin);
                break;
            case Operation.Unmap:
                list.Remove(At(begin), At(end));
                Array.Fill(pages, null, begin, end - begin);
                break;
            case Operation.Protect or Operation.Lock when list.Find(At(begin)) is { } area:
                end = Math.Min(end, (int)(area.End.Value - At(0).Value));
                Protections protections = choice ? Protections.Read : Protections.ReadWrite;
                AreaFlags flags = choice ? AreaFlags.Locked : AreaFlags.None;
                bool protects = operation == Operation.Protect;
                list.Modify(At(begin), At(end), part => protects ? part with { Protections = protections } : part with { Flags = flags });
                for (int page = begin; page < end; page++)
                {
                    pages[page] = protects ? (protections, pages[page]!.Value.Flags) : (pages[page]!.Value.Protections, flags);
                }

                break;
        }
    }

    private static void Check(VmaList list, (Protections Protections, AreaFlags Flags)?[] pages)
    {
        for (int page = 0; page < Pages; page++)
        {
            Vma? area = list.Find(At(page));
            Assert.Equal(pages[page], area is null ? null : (area.Protections, area.Flags));
            Assert.True(area is null || (area.Begin <= At(page) && At(page) < area.End && area.FilePageOf(At(page)) == (long)At(page).Value));
        }

        int parts = Enumerable.Range(0, Pages).Count(page => pages[page] is not null && (page == 0 || pages[page - 1] != pages[page]));
        Assert.Equal(parts, list.Areas.Count);
        Assert.Equal(pages.All(page => page is not null), list.Covers(At(0), At(Pages)));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 2, 2)]
    public void Areas_of_two_anon_vmas_stay_apart(int left, int right, int areas)
    {
        VmaList list = new();
        list.Insert(Area(0, 2) with { AnonVma = left });
        list.Insert(Area(2, 4) with { AnonVma = right });
        Assert.Equal(areas, list.Areas.Count);
        Assert.True(areas == 2 || list.Areas[0].AnonVma == Math.Max(left, right));
    }

    [Fact]
    public void A_neighbours_anon_vma_is_shared_whatever_the_protections()
    {
        Vma neighbour = Area(2, 4) with { AnonVma = 7, Protections = Protections.Read };
        Assert.True(Area(0, 2).CanShareAnonVmaOf(neighbour));
        Assert.True(Area(4, 5).CanShareAnonVmaOf(neighbour));
        Assert.False(Area(5, 6).CanShareAnonVmaOf(neighbour));
        Assert.False(Area(0, 2).CanShareAnonVmaOf(neighbour with { Ancestors = new AnonVmaLink(1, null) }));
        Assert.False((Area(0, 2) with { Flags = AreaFlags.Locked }).CanShareAnonVmaOf(neighbour));
    }

    private static Vma Area(int begin, int end) => new()
    {
        Begin = At(begin),
        End = At(end),
        Protections = Protections.ReadWrite,
        Backing = AreaBacking.Anonymous,
        PageOffset = (long)At(begin).Value,
    };
}
