using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary><c>madvise</c>, <c>mlock</c>, and faulting pages in ahead of their use.</summary>
public partial class CpuMemory
{
    private CallResult? Advise(in StepContext context, CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        if (request.Advice is Advice.PopulateRead or Advice.PopulateWrite)
        {
            return PopulateRange(context, call, space, request, effects);
        }

        while (call.Cursor < request.End)
        {
            if (call.PieceEnd <= call.Cursor)
            {
                Vma? area = space.Areas.FindFirst(call.Cursor, request.End);
                if (area is null || area.Begin > call.Cursor)
                {
                    call.Error = Errno.ENOMEM; // holes are skipped, and told of at the end
                    call.Cursor = area?.Begin ?? request.End;
                    continue;
                }

                if (!IsApplicable(area, request.Advice))
                {
                    return CallResult.Failed(Errno.EINVAL);
                }

                call.PieceEnd = new VirtualPageNumber(Math.Min(area.End.Value, request.End.Value));
            }

            if (request.Advice == Advice.Collapse)
            {
                CallResult? collapsed = Collapse(call, space, effects);
                if (collapsed is not { Error: Errno.None })
                {
                    return collapsed;
                }
            }
            else if (!AdvisePiece(call, space, request, effects))
            {
                return null;
            }
        }

        return CallResult.Failed(call.Error);
    }

    private static bool IsApplicable(Vma area, Advice advice) => advice switch
    {
        Advice.DontNeed => !area.IsLocked && area.Backing != AreaBacking.PciP2p,
        Advice.Free => !area.IsLocked && area.IsAnonymous,
        Advice.Cold or Advice.PageOut => !area.IsLocked && area.Backing != AreaBacking.PciP2p,
        Advice.WipeOnFork => area.IsAnonymous,
        Advice.DontFork or Advice.HugePage or Advice.NoHugePage or Advice.Collapse => true,
        _ => false,
    };

    private bool AdvisePiece(CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        switch (request.Advice)
        {
            case Advice.DontNeed:
                return ForEachBlock(call, space, call.PieceEnd, Zap, effects);
            case Advice.Free:
                return ForEachBlock(call, space, call.PieceEnd, MarkLazyFree, effects);
            case Advice.PageOut:
                return PageOut(call, space, request, effects);
            default:
                SplitHugeAround(space, call.Cursor, call.PieceEnd);
                (AreaFlags set, AreaFlags cleared) = FlagsOf(request.Advice);
                space.Areas.Modify(call.Cursor, call.PieceEnd, area => area with { Flags = (area.Flags & ~cleared) | set });
                call.Cursor = call.PieceEnd;
                return true;
        }
    }

    private static (AreaFlags Set, AreaFlags Cleared) FlagsOf(Advice advice) => advice switch
    {
        Advice.DontFork => (AreaFlags.DontFork, AreaFlags.None),
        Advice.WipeOnFork => (AreaFlags.WipeOnFork, AreaFlags.None),
        Advice.HugePage => (AreaFlags.HugePage, AreaFlags.NoHugePage),
        Advice.NoHugePage => (AreaFlags.NoHugePage, AreaFlags.HugePage),
        _ => (AreaFlags.None, AreaFlags.None),
    };

    /// <summary>Pages may be dropped until they are stored to again (<c>madvise_free_pte_range</c>); special entries are left alone.</summary>
    private void MarkLazyFree(CallTransaction call, AddressSpace space, BlockKey block, PageMask pages, EffectBuffer effects)
    {
        foreach (int page in pages)
        {
            VirtualPageNumber address = block.Block.Page(page);
            PageTableEntry entry = new(space.Table[address]);
            if (entry.Kind == EntryKind.Swap)
            {
                space.Table[address] = 0;
                RemoveSwapEntry(entry);
            }
            else if (entry is { IsPresent: true, IsZeroPage: false } && Ram.Owns(entry.Frame)
                && RecordOf(entry.Frame) is null or { IsFilePage: false, Mappings.Count: 1 })
            {
                OpenRecord(entry.Frame, new PageAddress(space.Id, address)).IsLazyFree = true;
                space.Table[address] = PageTableEntry.Present(entry.Frame, entry.IsWritable).Raw;
            }
        }

        space.Table.Collapse(block.Block);
    }

    /// <summary>Reclaims the chosen pages one by one, each with its own notifier (<c>try_to_unmap</c>).</summary>
    private bool PageOut(CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        for (; call.Cursor < call.PieceEnd; call.Cursor += 1)
        {
            PageTableEntry entry = new(space.Table[call.Cursor]);
            long index = (long)(call.Cursor.Value - request.Begin.Value);
            bool isChosen = request.Reclaimed is { } reclaimed ? reclaimed.Contains(index) : IsReclaimable(entry);
            if (!isChosen || CpuMemoryTable.Decide(entry.Kind, CpuPageEvent.PageOut) != CpuPageAction.SwapOut || !Ram.Owns(entry.Frame))
            {
                continue;
            }

            BlockKey block = new(space.Id, call.Cursor.Block);
            if (!BeginInvalidation(call, space, block, PageMask.Of(call.Cursor.IndexInBlock), effects))
            {
                return false;
            }

            SplitHuge(space, call.Cursor.Block);
            Reclaim(space, call.Cursor, entry, effects);
            EndInvalidation(call, effects);
        }

        return true;
    }

    private bool IsReclaimable(PageTableEntry entry) =>
        entry is { IsPresent: true, IsZeroPage: false } && Ram.Owns(entry.Frame)
        && RecordOf(entry.Frame) is var record
        && record is null or { IsFilePage: false, Mappings.Count: 1 }
        && ReferencesOf(entry.Frame, record) == ExpectedReferences(record);

    private void Reclaim(AddressSpace space, VirtualPageNumber page, PageTableEntry entry, EffectBuffer effects)
    {
        PageAddress address = new(space.Id, page);
        PageRecord? record = RecordOf(entry.Frame);
        if (record is { IsFilePage: true })
        {
            space.Table[page] = 0;
            RemoveMapping(entry.Frame, address);
            ReclaimFromCache(entry.Frame, record);
        }
        else if (record is { IsLazyFree: true } && !entry.IsDirty)
        {
            space.Table[page] = 0;
            RemoveMapping(entry.Frame, address);
        }
        else
        {
            SwapOut(space, page, entry, effects);
        }
    }

    /// <summary>Shared memory goes to swap; a page of a file is dirty until it is written back, and stays in the page cache.</summary>
    private void ReclaimFromCache(PageFrameNumber frame, PageRecord record)
    {
        CachedFile file = _files[record.File];
        if (file.IsAnonymous && record.Mappings.Count == 0)
        {
            file.Reclaim(record.FilePage, Ram.ReadValue(frame));
            PutRam(frame);
        }
        else
        {
            record.IsReclaimMarked = !file.IsAnonymous;
        }
    }

    private CallResult? PopulateRange(in StepContext context, CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        bool isStore = request.Advice == Advice.PopulateWrite;
        for (; call.Cursor < request.End; call.Cursor += 1)
        {
            if (space.Areas.Find(call.Cursor) is not { } area)
            {
                return CallResult.Failed(Errno.ENOMEM);
            }

            if (isStore ? !area.IsWritable : !area.IsReadable)
            {
                return CallResult.Failed(Errno.EINVAL);
            }

            switch (HandleFault(context, space, call.Cursor, isStore ? FaultKind.Store : FaultKind.Load, call.Continuation, effects))
            {
                case FaultOutcome.Waits:
                    return null;
                case FaultOutcome.BusError:
                    return CallResult.Failed(Errno.EFAULT);
                default:
                    break;
            }
        }

        return CallResult.Success;
    }

    private CallResult? LockPages(in StepContext context, CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        bool isLock = request.Kind == CallKind.Lock;
        if (call.Stage == 0)
        {
            while (call.Cursor < request.End)
            {
                if (space.Areas.Find(call.Cursor) is not { } area)
                {
                    return CallResult.Failed(Errno.ENOMEM);
                }

                VirtualPageNumber end = new(Math.Min(area.End.Value, request.End.Value));
                SplitHugeAround(space, call.Cursor, end);
                if (area.IsMigratable)
                {
                    space.Areas.Modify(call.Cursor, end, part => part with
                    {
                        Flags = isLock ? part.Flags | AreaFlags.Locked : part.Flags & ~AreaFlags.Locked,
                    });
                }

                call.Cursor = end;
            }

            if (!isLock)
            {
                return CallResult.Success;
            }

            call.Stage = 1;
            call.Cursor = request.Begin;
            call.WantsWriteLock = false; // populating holds mmap_lock for reading only
            ReleaseWriteLock(call);
            if (WaitsForLock(space, call.Continuation))
            {
                return null;
            }
        }

        for (; call.Cursor < request.End; call.Cursor += 1)
        {
            if (space.Areas.Find(call.Cursor) is not { } area)
            {
                return CallResult.Success; // unmapped meanwhile
            }

            if (area.Protections == Protections.None)
            {
                return CallResult.Failed(Errno.ENOMEM);
            }

            FaultKind kind = area is { IsWritable: true, IsShared: false } ? FaultKind.Store : FaultKind.Load;
            switch (HandleFault(context, space, call.Cursor, kind, call.Continuation, effects))
            {
                case FaultOutcome.Waits:
                    return null;
                case FaultOutcome.BusError:
                    return CallResult.Failed(Errno.ENOMEM);
                default:
                    break;
            }
        }

        return CallResult.Success;
    }

    /// <summary>Faults in the pages up to <see cref="CallTransaction.FaultEnd"/>; errors are ignored. False if the call waits.</summary>
    private bool FaultIn(in StepContext context, CallTransaction call, AddressSpace space, FaultKind kind, EffectBuffer effects)
    {
        for (; call.FaultCursor < call.FaultEnd; call.FaultCursor += 1)
        {
            switch (HandleFault(context, space, call.FaultCursor, kind, call.Continuation, effects))
            {
                case FaultOutcome.Waits:
                    return false;
                case FaultOutcome.BusError:
                    call.FaultCursor = call.FaultEnd;
                    return true;
                default:
                    break;
            }
        }

        return true;
    }
}
