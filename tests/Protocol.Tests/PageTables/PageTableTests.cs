using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;

namespace HmmSim.Protocol.Tests.PageTables;

/// <summary>The compact page table against a dictionary from page to entry.</summary>
public sealed class PageTableTests
{
    /// <summary>Neighbours, both sides of a node boundary on every level, and the last block of a 57-bit address space.</summary>
    private static readonly ulong[] Blocks = [0, 1, 511, 512, (1UL << 18) - 1, 1UL << 18, 1UL << 27, (1UL << 36) - 1];

    private static readonly int[] Pages = [0, 1, 2, 255, 510, 511];

    private enum Operation
    {
        Set,
        SetWhole,
        SetThroughEntries,
        Collapse,
        FillPageByPage,
        FillScattered,
        EmptyScattered,
    }

    [Fact]
    public void A_cpu_page_table_is_a_dictionary() => RunAgainstModel<CpuEntryLayout>(ModelEntry.GenCpu);

    [Fact]
    public void A_device_page_table_is_a_dictionary() => RunAgainstModel<DeviceEntry>(ModelEntry.GenDevice);

    [Fact]
    public void A_cpu_entry_advances_to_the_next_frames() => Advances<CpuEntryLayout>(ModelEntry.GenCpu);

    [Fact]
    public void A_device_entry_advances_to_the_next_frames() => Advances<DeviceEntry>(ModelEntry.GenDevice);

    [Fact]
    public void Blocks_are_listed_in_ascending_order_however_they_came()
    {
        PageTable<CpuEntryLayout> table = new();
        foreach (ulong block in Blocks.Reverse())
        {
            table[new VirtualBlockNumber(block).Page(7)] = PageTableEntry.Present(new PageFrameNumber(block & 0xff), writable: true).Raw;
        }

        Assert.Equal(Blocks, table.NonEmptyBlocks().Select(block => block.Value));
    }

    [Fact]
    public void A_recycled_table_does_not_carry_its_old_entries()
    {
        PageTable<CpuEntryLayout> table = new();
        VirtualBlockNumber first = new(3);
        VirtualBlockNumber second = new(4);
        PageTableEntry left = PageTableEntry.Present(new PageFrameNumber(512), writable: true);
        PageTableEntry right = PageTableEntry.Present(new PageFrameNumber(1024), writable: true);
        table.SetWhole(first, left.Raw);
        table[first.Page(9)] = 0;
        table.SetWhole(first, 0);
        table.SetWhole(second, right.Raw);
        table[second.Page(1)] = 0;
        Assert.Equal(CpuEntryLayout.Advance(right.Raw, 9), table[second.Page(9)]);
        Assert.Equal(0UL, table[second.Page(1)]);
        Assert.Equal([second], table.NonEmptyBlocks());
    }

    [Fact]
    public void Entries_stay_usable_when_their_block_becomes_whole()
    {
        PageTable<CpuEntryLayout> table = new();
        VirtualBlockNumber block = new(3);
        PageTableEntry first = PageTableEntry.Present(new PageFrameNumber(512), writable: true);
        PageTable<CpuEntryLayout>.BlockEntries entries = table.Entries(block);
        for (int page = 0; page < VirtualBlockNumber.Pages; page++)
        {
            entries[page] = CpuEntryLayout.Advance(first.Raw, page);
        }

        table.Collapse(block);
        Assert.Equal(CpuEntryLayout.Advance(first.Raw, 7), entries[7]);
        entries[7] = 0;
        Assert.Equal(0UL, table[block.Page(7)]);
        Assert.Equal(CpuEntryLayout.Advance(first.Raw, 8), table[block.Page(8)]);
    }

    private static void Advances<TLayout>(Gen<ModelEntry> genEntry)
        where TLayout : struct, IEntryLayout =>
        Gen.Select(genEntry, Gen.Int[0, 511]).Sample((entry, pages) => Assert.Equal(entry.At(pages), TLayout.Advance(entry.At(0), pages)));

    private static void RunAgainstModel<TLayout>(Gen<ModelEntry> genEntry)
        where TLayout : struct, IEntryLayout
    {
        Gen<ulong> genBlock = Gen.Int[0, Blocks.Length - 1].Select(at => Blocks[at]);
        Gen<int> genPage = Gen.Int[0, Pages.Length - 1].Select(at => Pages[at]);
        Gen.Select(Gen.Enum<Operation>(), genBlock, genPage, genEntry).Array[1, 25].Sample(
            operations =>
            {
                PageTable<TLayout> table = new();
                var model = new Dictionary<ulong, ulong>();
                foreach ((Operation operation, ulong number, int index, ModelEntry entry) in operations)
                {
                    Apply(table, model, operation, new VirtualBlockNumber(number), index, entry);
                }

                foreach (ulong block in Blocks)
                {
                    CheckBlock(table, model, new VirtualBlockNumber(block));
                }

                Assert.Equal(
                    model.Where(pair => pair.Value != 0).Select(pair => pair.Key >> 9).Distinct().Order(),
                    table.NonEmptyBlocks().Select(block => block.Value));
            },
            iter: 300);
    }

    private static void Apply<TLayout>(
        PageTable<TLayout> table, Dictionary<ulong, ulong> model, Operation operation, VirtualBlockNumber block, int index, ModelEntry entry)
        where TLayout : struct, IEntryLayout
    {
        switch (operation)
        {
            case Operation.Set:
                table[block.Page(index)] = entry.At(0);
                model[block.Page(index).Value] = entry.At(0);
                break;
            case Operation.SetWhole:
                table.SetWhole(block, entry.At(0));
                Fill(model, block, entry);
                break;
            case Operation.SetThroughEntries:
                PageTable<TLayout>.BlockEntries entries = table.Entries(block);
                entries[index] = entry.At(0);
                model[block.Page(index).Value] = entry.At(0);
                Assert.Equal(entry.At(0), entries[index]);
                break;
            case Operation.Collapse:
                table.Collapse(block);
                break;
            case Operation.FillPageByPage:
                for (int page = 0; page < VirtualBlockNumber.Pages; page++)
                {
                    table[block.Page(page)] = entry.At(page);
                }

                Fill(model, block, entry);
                break;
            case Operation.FillScattered:
                foreach (int page in Scattered(index))
                {
                    model[block.Page(page).Value] = table[block.Page(page)] = entry.At(page);
                }

                break;
            case Operation.EmptyScattered:
                foreach (int page in Scattered(index))
                {
                    model[block.Page(page).Value] = table[block.Page(page)] = 0;
                }

                break;
        }

        Assert.Equal(model.GetValueOrDefault(block.Page(index).Value), table[block.Page(index)]);
    }

    /// <summary>From one to all pages of a block, neither in order nor side by side: 5 and 7 have no factor in common with 512.</summary>
    private static IEnumerable<int> Scattered(int seed) =>
        Enumerable.Range(0, 1 + (seed * 7 % 512)).Select(step => ((step * 5) + seed) % VirtualBlockNumber.Pages);

    private static void Fill(Dictionary<ulong, ulong> model, VirtualBlockNumber block, ModelEntry entry)
    {
        for (int page = 0; page < VirtualBlockNumber.Pages; page++)
        {
            model[block.Page(page).Value] = entry.At(page);
        }
    }

    private static void CheckBlock<TLayout>(PageTable<TLayout> table, Dictionary<ulong, ulong> model, VirtualBlockNumber block)
        where TLayout : struct, IEntryLayout
    {
        ulong[] expected = [.. Enumerable.Range(0, VirtualBlockNumber.Pages).Select(page => model.GetValueOrDefault(block.Page(page).Value))];
        for (int page = 0; page < expected.Length; page++)
        {
            Assert.Equal(expected[page], table[block.Page(page)]);
        }

        table.Collapse(block);
        bool isUniform = expected.Select((entry, page) => TLayout.Advance(expected[0], page) == entry).All(same => same);
        Assert.Equal(isUniform, table.TryGetWhole(block, out ulong whole));
        Assert.Equal(isUniform ? expected[0] : 0, whole);
        for (int page = 0; page < expected.Length; page++)
        {
            Assert.Equal(expected[page], table[block.Page(page)]);
        }
    }
}
