using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>
/// Large folios of 2 MiB (<c>mm/huge_memory.c</c>, with device-private folios as in Linux 6.19 and later): mapped at PMD level as long as
/// nothing touches a part of them; what does splits the mapping first.
/// </summary>
public partial class CpuMemory
{
    /// <summary>Whether a fault may fill the whole block: nothing is there yet, and one area that wants huge pages covers it.</summary>
    private static bool CanPopulateHuge(AddressSpace space, Vma area, VirtualBlockNumber block) =>
        (area.Backing == AreaBacking.HugeTlb || (area.IsAnonymous && (area.Flags & AreaFlags.HugePage) != 0))
        && area.Begin <= block.FirstPage && block.FirstPage + VirtualBlockNumber.Pages <= area.End
        && space.Table.TryGetWhole(block, out ulong whole) && whole == 0;

    /// <summary>Fills a block (<c>do_huge_pmd_anonymous_page</c>); false if no 2 MiB of frames lie together.</summary>
    private bool TryPopulateHuge(AddressSpace space, Vma area, VirtualBlockNumber block, bool isStore)
    {
        if (!isStore && area.IsAnonymous)
        {
            space.Table.SetWhole(block, PageTableEntry.Present(PageFrameNumber.ZeroPage, writable: false, accessed: true).Raw);
            space.HugeBlocks.Add(block);
            _populatedPages++;
            return true;
        }

        if (!Ram.TryAllocate(new BlockKey(space.Id, block), PageMask.All, out PageFrames frames))
        {
            return false;
        }

        if (!IsLargeFolio(frames))
        {
            for (int page = 0; page < VirtualBlockNumber.Pages; page++)
            {
                Ram.Put(frames[page]);
            }

            return false;
        }

        PrepareAnonVma(space, area);
        space.Table.SetWhole(block, PageTableEntry.Present(frames[0], area.IsWritable, accessed: true, dirty: isStore).Raw);
        space.HugeBlocks.Add(block);
        _populatedPages++;
        return true;
    }

    private static bool IsLargeFolio(PageFrames frames) => frames.Scattered.IsNone && frames[0].Value % VirtualBlockNumber.Pages == 0;

    /// <summary>Only part of the block is concerned: it is mapped page by page from now on (<c>__split_huge_pmd</c>).</summary>
    private static void SplitHuge(AddressSpace space, VirtualBlockNumber block) => space.HugeBlocks.Remove(block);

    /// <summary>An area begins or ends here from now on.</summary>
    private static void SplitHugeAround(AddressSpace space, VirtualPageNumber begin, VirtualPageNumber end)
    {
        if (begin.IndexInBlock != 0)
        {
            SplitHuge(space, begin.Block);
        }

        if (end.IndexInBlock != 0)
        {
            SplitHuge(space, end.Block);
        }
    }

    /// <summary>The pages a CPU touch of a device-private page brings back: the whole folio if it is mapped as one.</summary>
    private static PageMask FolioOf(AddressSpace space, VirtualPageNumber page) =>
        space.HugeBlocks.Contains(page.Block) ? PageMask.All : PageMask.Of(page.IndexInBlock);

    /// <summary>Whether collect takes the block as one folio, or as one hole that can become one.</summary>
    private static bool IsCompound(AddressSpace space, VirtualBlockNumber block, in PageMask range)
    {
        if (range != PageMask.All)
        {
            SplitHuge(space, block);
            return false;
        }

        return space.HugeBlocks.Contains(block)
            || (space.Areas.Find(block.FirstPage) is { } area && CanPopulateHuge(space, area, block));
    }

    /// <summary>After a migration: one folio again only if all of it moved to 2 MiB of frames that lie together.</summary>
    private static void FinalizeHuge(AddressSpace space, MigrationTransaction migration, in PageMask moved)
    {
        if (moved.IsEmpty)
        {
            return; // restored as it was
        }

        if (migration.IsCompound && moved == PageMask.All && IsLargeFolio(migration.Frames))
        {
            space.HugeBlocks.Add(migration.Block.Block);
        }
        else
        {
            SplitHuge(space, migration.Block.Block);
        }
    }

    /// <summary><c>MADV_COLLAPSE</c>: copies what is there to 2 MiB of frames that lie together; null if the call waits.</summary>
    private CallResult? Collapse(CallTransaction call, AddressSpace space, EffectBuffer effects)
    {
        while (call.Cursor < call.PieceEnd)
        {
            VirtualBlockNumber block = call.Cursor.Block;
            VirtualPageNumber next = block.FirstPage + VirtualBlockNumber.Pages;
            bool isWhole = call.Cursor == block.FirstPage && next <= call.PieceEnd && space.Areas.Find(call.Cursor)!.IsAnonymous;
            if (isWhole && !space.HugeBlocks.Contains(block))
            {
                if (!CanCollapse(space, block))
                {
                    return CallResult.Failed(Errno.EINVAL);
                }

                if (!BeginInvalidation(call, space, new BlockKey(space.Id, block), PageMask.All, effects))
                {
                    return null;
                }

                bool isDone = TryCollapse(space, block);
                EndInvalidation(call, effects);
                if (!isDone)
                {
                    return CallResult.Failed(Errno.ENOMEM);
                }
            }

            call.Cursor = next < call.PieceEnd ? next : call.PieceEnd;
        }

        return CallResult.Success;
    }

    private bool CanCollapse(AddressSpace space, VirtualBlockNumber block)
    {
        for (int page = 0; page < VirtualBlockNumber.Pages; page++)
        {
            PageTableEntry entry = new(space.Table[block.Page(page)]);
            bool isOwn = entry.IsPresent && Ram.Owns(entry.Frame) && RecordOf(entry.Frame) is null;
            if (!isOwn && !entry.IsZeroPage && entry.Kind != EntryKind.None)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryCollapse(AddressSpace space, VirtualBlockNumber block)
    {
        Vma area = space.Areas.Find(block.FirstPage)!;
        if (space.Table.TryGetWhole(block, out ulong whole) && new PageTableEntry(whole) is { Kind: EntryKind.Present, IsZeroPage: false } first
            && first.Frame.Value % VirtualBlockNumber.Pages == 0)
        {
            space.HugeBlocks.Add(block);
            return true;
        }

        BlockKey key = new(space.Id, block);
        if (!Ram.TryAllocate(key, PageMask.All, out PageFrames frames) || !IsLargeFolio(frames))
        {
            return false;
        }

        for (int page = 0; page < VirtualBlockNumber.Pages; page++)
        {
            PageTableEntry entry = new(space.Table[block.Page(page)]);
            if (entry is { IsPresent: true, IsZeroPage: false })
            {
                Ram.WriteValue(frames[page], Ram.ReadValue(entry.Frame));
                RemoveMapping(entry.Frame, new PageAddress(space.Id, block.Page(page)));
            }
        }

        PrepareAnonVma(space, area);
        space.Table.SetWhole(block, PageTableEntry.Present(frames[0], area.IsWritable, accessed: true, dirty: true).Raw);
        space.HugeBlocks.Add(block);
        return true;
    }
}
