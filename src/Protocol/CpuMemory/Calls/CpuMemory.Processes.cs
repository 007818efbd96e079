using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary><c>fork</c> and <c>exit</c> of a process, and <c>ftruncate</c>, which concerns every process that maps the file.</summary>
public partial class CpuMemory
{
    private CallResult? Fork(CallTransaction call, AddressSpace parent, Call request, EffectBuffer effects)
    {
        AddressSpace child = Space(request.Child);
        VirtualPageNumber last = new(1UL << VirtualPageNumber.Bits);
        while (true)
        {
            if (call.PieceEnd <= call.Cursor)
            {
                if (parent.Areas.FindFirst(call.Cursor, last) is not { } area)
                {
                    return CallResult.Success;
                }

                call.Cursor = area.Begin;
                call.PieceEnd = area.End;
                if (!InheritArea(child, area))
                {
                    call.Cursor = area.End;
                    continue;
                }
            }

            if (!ForEachBlock(call, parent, call.PieceEnd, CopyEntries, effects))
            {
                return null;
            }
        }
    }

    /// <summary>Gives the child the area (<c>dup_mmap</c>); true if entries must be copied too (<c>vma_needs_copy</c>).</summary>
    private bool InheritArea(AddressSpace child, Vma area)
    {
        if ((area.Flags & AreaFlags.DontFork) != 0)
        {
            return false;
        }

        bool isWiped = (area.Flags & AreaFlags.WipeOnFork) != 0;
        bool isCopied = area.AnonVma != 0 && !isWiped;
        child.Areas.Append(area with
        {
            Flags = area.Flags & ~AreaFlags.Locked,
            AnonVma = isCopied ? ++_anonVmaCount : 0,
            Ancestors = isCopied ? new AnonVmaLink(area.AnonVma, area.Ancestors) : null,
        });
        return isCopied;
    }

    private void CopyEntries(CallTransaction call, AddressSpace parent, BlockKey block, PageMask pages, EffectBuffer effects)
    {
        AddressSpace child = Space(call.Request.Call!.Child);
        bool isShared = parent.Areas.Find(block.Block.Page(pages.First))!.IsShared;
        PageTable<CpuEntryLayout>.BlockEntries entries = parent.Table.Entries(block.Block);
        PageTable<CpuEntryLayout>.BlockEntries copies = child.Table.Entries(block.Block);
        foreach (int page in pages)
        {
            PageTableEntry entry = new(entries[page]);
            PageAddress from = new(parent.Id, block.Block.Page(page));
            PageAddress to = new(child.Id, from.Page);
            switch (CpuMemoryTable.Decide(entry.Kind, CpuPageEvent.Fork))
            {
                case CpuPageAction.Skip:
                    break;
                case CpuPageAction.TakeBackAndShare:
                    entry = PageTableEntry.Present(entry.Frame, entry.IsWritable, dirty: entry.IsWritable);
                    (entries[page], copies[page]) = Share(entry, from, to, isShared);
                    break;
                case CpuPageAction.Share:
                    (entries[page], copies[page]) = Share(entry, from, to, isShared);
                    break;
                case CpuPageAction.ShareSlot:
                    Swap.AddUser((int)entry.Offset);
                    entries[page] = copies[page] = PageTableEntry.SwapFile((int)entry.Offset, exclusive: false).Raw;
                    break;
                default:
                    throw Impossible($"{entry} meets Fork", call.Request);
            }
        }

        parent.Table.Collapse(block.Block);
        child.Table.Collapse(block.Block);
        if (parent.HugeBlocks.Contains(block.Block))
        {
            child.HugeBlocks.Add(block.Block);
        }
    }

    /// <summary>Both name the page, neither may write it (<c>copy_present_page</c>, <c>copy_nonpresent_pte</c>). A pinned page is copied at once.</summary>
    private (ulong Parent, ulong Child) Share(PageTableEntry entry, PageAddress from, PageAddress to, bool isShared)
    {
        if (entry.IsZeroPage)
        {
            return (entry.Raw, entry.Raw);
        }

        PageRecord record = OpenRecord(entry.Frame, from);
        if (!record.IsFilePage && record is { IsExclusive: true, PinCount: > 0 } && Ram.Owns(entry.Frame))
        {
            PageFrameNumber copy = AllocateRam(to.Space, to.Page);
            Ram.WriteValue(copy, Ram.ReadValue(entry.Frame));
            bool writable = Space(to.Space).Areas.Find(to.Page)!.IsWritable;
            return (entry.Raw, PageTableEntry.Present(copy, writable, dirty: true).Raw);
        }

        AddMapping(entry.Frame, record, to);
        if (isShared)
        {
            return (entry.Raw, entry.Raw);
        }

        record.IsExclusive = false;
        ulong shared = entry.WriteProtected().Raw;
        return (shared, shared);
    }

    private CallResult? Exit(CallTransaction call, AddressSpace space, EffectBuffer effects)
    {
        VirtualPageNumber last = new(1UL << VirtualPageNumber.Bits);
        while (space.Areas.FindFirst(call.Cursor, last) is { } area)
        {
            call.Cursor = call.Cursor < area.Begin ? area.Begin : call.Cursor;
            if (!ForEachBlock(call, space, area.End, Zap, effects))
            {
                return null;
            }
        }

        space.Areas.Clear();
        space.IsAlive = false;
        return CallResult.Success;
    }

    private CallResult? Truncate(CallTransaction call, Call request, EffectBuffer effects)
    {
        if (!_files.TryGetValue(request.File, out CachedFile? file))
        {
            return CallResult.Failed(Errno.EBADF);
        }

        if (call.Stage == 0)
        {
            file.PageCount = request.PageCount;
            call.Stage = 1;
        }

        for (; call.Stage <= _spaces.Count; call.Stage++)
        {
            if (_spaces[call.Stage - 1] is { } space && space.Areas.Areas.Any(area => area.File == file.Id))
            {
                if (!HasLock(call, space) || !ZapFile(call, space, file, effects))
                {
                    return null;
                }

                ReleaseWriteLock(call);
            }

            call.Cursor = default;
        }

        foreach (PageFrameNumber frame in file.RemoveFrom(request.PageCount))
        {
            PutRam(frame);
        }

        return CallResult.Success;
    }

    /// <summary>Unmaps what lies beyond the end of the file, private copies too (<c>unmap_mapping_range</c>).</summary>
    private bool ZapFile(CallTransaction call, AddressSpace space, CachedFile file, EffectBuffer effects)
    {
        VirtualPageNumber last = new(1UL << VirtualPageNumber.Bits);
        while (space.Areas.FindFirst(call.Cursor, last) is { } area)
        {
            long beyond = file.PageCount - area.FilePageOf(area.Begin);
            if (area.File != file.Id || beyond >= area.PageCount)
            {
                call.Cursor = area.End;
                continue;
            }

            VirtualPageNumber begin = area.Begin + Math.Max(beyond, 0);
            call.Cursor = call.Cursor < begin ? begin : call.Cursor;
            if (!ForEachBlock(call, space, area.End, Zap, effects))
            {
                return false;
            }
        }

        return true;
    }
}
