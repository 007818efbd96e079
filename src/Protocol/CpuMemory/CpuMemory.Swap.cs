using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;

namespace HmmSim.Protocol;

/// <summary>Real swap: a page comes back (<c>do_swap_page</c>), or goes (<c>try_to_unmap</c> of reclaim).</summary>
public partial class CpuMemory
{
    private void SwapIn(AddressSpace space, VirtualPageNumber page, PageTableEntry entry, FaultKind kind)
    {
        _populatedPages++;
        int slot = (int)entry.Offset;
        PageAddress address = new(space.Id, page);
        Vma area = space.Areas.Find(page)!;
        bool isExclusive = entry.IsSwapExclusive;
        PageFrameNumber frame;
        PageRecord? record = null;
        if (Swap.CachedFrameOf(slot) is { } cached)
        {
            frame = cached;
            record = _pages[frame];
            AddMapping(frame, record, address);
        }
        else
        {
            frame = AllocateRam(space.Id, page);
            Ram.WriteValue(frame, Swap.ValueOf(slot));
            if (Swap.UsersOf(slot) > 1)
            {
                record = OpenRecord(frame, address);
                record.SwapSlot = slot;
                Swap.EnterCache(slot, frame);
                Ram.Get(frame);
            }
        }

        Swap.RemoveUser(slot);
        if (record is not null)
        {
            bool frees = area.IsLocked || (kind == FaultKind.Store && Ram.References(frame) == 2);
            if (record.SwapSlot >= 0 && frees)
            {
                TryFreeSwap(frame, record);
            }

            isExclusive |= Ram.References(frame) == 1;
            record.IsExclusive = isExclusive;
        }

        bool writable = (isExclusive || record is null) && area.IsWritable;
        space.Table[page] = PageTableEntry.Present(frame, writable).Touched(kind == FaultKind.Store && writable).Raw;
    }

    private void SwapOut(AddressSpace space, VirtualPageNumber page, PageTableEntry entry, Steps.EffectBuffer effects)
    {
        PageAddress address = new(space.Id, page);
        PageRecord? record = RecordOf(entry.Frame);
        int slot;
        if (record is { SwapSlot: >= 0 })
        {
            slot = record.SwapSlot;
            Swap.AddUser(slot);
            Swap.Write(slot, Ram.ReadValue(entry.Frame));
        }
        else
        {
            slot = Swap.Allocate(Ram.ReadValue(entry.Frame));
        }

        space.Table[page] = PageTableEntry.SwapFile(slot, record?.IsExclusive ?? true).Raw;
        bool leavesCache = record is { SwapSlot: >= 0, Mappings.Count: 1 };
        RemoveMapping(entry.Frame, address);
        if (leavesCache)
        {
            Swap.LeaveCache(slot);
            record!.SwapSlot = -1;
            PutRam(entry.Frame);
        }
    }
}
