using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>System calls that make, change and remove areas: <c>mmap</c>, <c>munmap</c>, <c>mprotect</c>, <c>mremap</c>.</summary>
public partial class CpuMemory
{
    private CallResult Map(AddressSpace space, Call request)
    {
        if (request.PageCount < 1)
        {
            return CallResult.Failed(Errno.EINVAL);
        }

        if (space.Areas.FindFirst(request.Begin, request.End) is not null)
        {
            return CallResult.Failed(Errno.EEXIST);
        }

        bool isPrivate = request.Backing is AreaBacking.Anonymous or AreaBacking.FilePrivate;
        Vma area = new()
        {
            Begin = request.Begin,
            End = request.End,
            Protections = request.Protections,
            Backing = request.Backing,
            File = request.File,
            PageOffset = request.Backing == AreaBacking.Anonymous ? (long)request.Begin.Value : request.FileOffsetPages,
            Flags = isPrivate && (request.Protections & Protections.Write) != 0 ? AreaFlags.Accounted : AreaFlags.None,
        };
        if (!request.File.IsNone && !_files.ContainsKey(request.File))
        {
            CreateMappedFile(request);
        }

        space.Areas.Insert(area);
        if (request.Backing is AreaBacking.PciP2p or AreaBacking.DriverPages)
        {
            InsertDriverPages(space, area);
        }

        return CallResult.Success;
    }

    private CallResult CreateFile(AddressSpace space, Call request)
    {
        CachedFile file = new() { Id = request.File, PageCount = request.PageValues!.Count };
        _files.Add(file.Id, file);
        for (int page = 0; page < request.PageValues.Count; page++)
        {
            PageFrameNumber frame = AllocateRam(space.Id, request.Begin + page);
            Ram.WriteValue(frame, request.PageValues[page]);
            AddToPageCache(file, page, frame);
        }

        return CallResult.Success;
    }

    /// <summary>Makes the unnamed file behind shared or driver memory, or one that lies in memory the CPU addresses.</summary>
    private void CreateMappedFile(Call request) => _files.Add(request.File, new CachedFile
    {
        Id = request.File,
        PageCount = request.FileOffsetPages + request.PageCount,
        IsAnonymous = request.Memory == MemoryId.None,
        DaxFrame = request.Memory == MemoryId.None ? null : ReserveDax(request),
    });

    private PageFrameNumber ReserveDax(Call request)
    {
        PageFrameNumber first = _layout.Memories[request.Memory].FirstFrame;
        long used = _files.Values.Where(file => file.DaxFrame is { } dax && OwnerOf(dax) == request.Memory).Sum(file => file.PageCount);
        return first + used;
    }

    private void InsertDriverPages(AddressSpace space, Vma area)
    {
        CachedFile file = _files[area.File];
        for (VirtualPageNumber page = area.Begin; page < area.End; page += 1)
        {
            if (file.DaxFrame is { } bar)
            {
                MapDax(space, area, page, file, bar + area.FilePageOf(page), area.FilePageOf(page));
            }
            else
            {
                MapFilePage(space, area, page, CachePage(space, page, file, area.FilePageOf(page)), isStore: false);
            }
        }
    }

    private CallResult? Unmap(CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        if (call.Stage == 0)
        {
            if (request.PageCount < 1)
            {
                return CallResult.Failed(Errno.EINVAL);
            }

            if (space.Areas.FindFirst(request.Begin, request.End) is null)
            {
                return CallResult.Success;
            }

            space.Areas.Remove(request.Begin, request.End);
            call.Stage = 1;
        }

        return ForEachBlock(call, space, request.End, Zap, effects) ? CallResult.Success : null;
    }

    private CallResult? Protect(in StepContext context, CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        while (call.Cursor < request.End || call.FaultCursor < call.FaultEnd)
        {
            if (call.PieceEnd <= call.Cursor && call.FaultCursor >= call.FaultEnd)
            {
                if (space.Areas.Find(call.Cursor) is not { } area)
                {
                    return CallResult.Failed(Errno.ENOMEM);
                }

                BeginProtect(call, space, area, request);
                continue;
            }

            if (!ForEachBlock(call, space, call.PieceEnd, ChangePermissions, effects)
                || !FaultIn(context, call, space, FaultKind.Store, effects))
            {
                return null;
            }
        }

        return CallResult.Success;
    }

    /// <summary>Gives the part of one area its new protections (<c>mprotect_fixup</c>).</summary>
    private static void BeginProtect(CallTransaction call, AddressSpace space, Vma area, Call request)
    {
        VirtualPageNumber end = new(Math.Min(area.End.Value, request.End.Value));
        if (area.Protections == request.Protections)
        {
            call.Cursor = end;
            return;
        }

        bool becomesWritable = (request.Protections & Protections.Write) != 0;
        AreaFlags flags = area.Flags;
        if (becomesWritable && !area.IsWritable && !area.IsShared)
        {
            flags |= AreaFlags.Accounted;
        }
        else if (!becomesWritable && area is { IsAnonymous: true, AnonVma: 0 })
        {
            flags &= ~AreaFlags.Accounted;
        }

        if (becomesWritable && area is { IsLocked: true, IsWritable: false, IsShared: false })
        {
            call.FaultCursor = call.Cursor; // to avoid a major fault later
            call.FaultEnd = end;
        }

        space.Areas.Modify(call.Cursor, end, part => part with { Protections = request.Protections, Flags = flags });
        call.PieceEnd = end;
    }

    private void ChangePermissions(CallTransaction call, AddressSpace space, BlockKey block, PageMask pages, EffectBuffer effects)
    {
        Vma area = space.Areas.Find(block.Block.Page(pages.First))!;
        PageTable<CpuEntryLayout>.BlockEntries entries = space.Table.Entries(block.Block);
        foreach (int page in pages)
        {
            PageTableEntry entry = new(entries[page]);
            entries[page] = CpuMemoryTable.Decide(entry.Kind, CpuPageEvent.Protect) switch
            {
                CpuPageAction.Skip => entry.Raw,
                CpuPageAction.WriteProtect => entry.WriteProtected().Raw,
                CpuPageAction.ChangePermission => PageTableEntry
                    .Present(entry.Frame, CanBeWritable(area, entry), entry.IsAccessed, entry.IsDirty).Raw,
                _ => throw Impossible($"{entry} meets Protect", call.Request),
            };
        }

        space.Table.Collapse(block.Block);
    }

    /// <summary>Whether a present entry may permit stores without a fault (<c>vm_page_prot</c>, <c>can_change_pte_writable</c>).</summary>
    private bool CanBeWritable(Vma area, PageTableEntry entry)
    {
        if (!area.IsWritable || entry.IsZeroPage)
        {
            return false;
        }

        if (area.IsShared)
        {
            return !area.WantsWriteNotify || entry.IsDirty;
        }

        return RecordOf(entry.Frame) is null or { IsFilePage: false, IsExclusive: true };
    }

    private CallResult? Remap(CallTransaction call, AddressSpace space, Call request, EffectBuffer effects)
    {
        VirtualPageNumber targetEnd = request.Target + request.PageCount;
        if (call.Stage == 0)
        {
            if (space.Areas.Find(request.Begin) is null)
            {
                return CallResult.Failed(Errno.EFAULT);
            }

            if (request.PageCount < 1 || (request.Begin < targetEnd && request.Target < request.End))
            {
                return CallResult.Failed(Errno.EINVAL);
            }

            space.Areas.Remove(request.Target, targetEnd);
            call.Cursor = request.Target;
            call.Stage = 1;
        }

        if (call.Stage == 1)
        {
            if (!ForEachBlock(call, space, targetEnd, Zap, effects))
            {
                return null;
            }

            if (!BeginMove(space, request))
            {
                return CallResult.Failed(Errno.EFAULT);
            }

            call.Cursor = request.Begin;
            call.Stage = 2;
        }

        if (!ForEachBlock(call, space, request.End, MoveEntries, effects))
        {
            return null;
        }

        if (!request.KeepsSource)
        {
            space.Areas.Remove(request.Begin, request.End);
        }

        return CallResult.Success;
    }

    /// <summary>Makes the area at the new place (<c>copy_vma</c>); false if the range is not part of one area.</summary>
    private static bool BeginMove(AddressSpace space, Call request)
    {
        Vma? source = space.Areas.Find(request.Begin);
        if (source is null || request.End > source.End)
        {
            return false;
        }

        Vma part = source.Part(request.Begin, request.End);
        space.Areas.Insert(part with
        {
            Begin = request.Target,
            End = request.Target + request.PageCount,
            PageOffset = part is { IsAnonymous: true, AnonVma: 0 } ? (long)request.Target.Value : part.PageOffset,
        });
        return true;
    }

    private void MoveEntries(CallTransaction call, AddressSpace space, BlockKey block, PageMask pages, EffectBuffer effects)
    {
        Call request = call.Request.Call!;
        VirtualPageNumber target = request.Target + (long)(block.Block.Page(pages.First).Value - request.Begin.Value);
        if (pages == PageMask.All && space.HugeBlocks.Contains(block.Block) && target.IndexInBlock == 0)
        {
            space.HugeBlocks.Add(target.Block);
        }

        SplitHuge(space, block.Block);
        foreach (int page in pages)
        {
            VirtualPageNumber from = block.Block.Page(page);
            VirtualPageNumber to = request.Target + (long)(from.Value - request.Begin.Value);
            PageTableEntry entry = new(space.Table[from]);
            switch (CpuMemoryTable.Decide(entry.Kind, CpuPageEvent.Remap))
            {
                case CpuPageAction.Skip:
                    break;
                case CpuPageAction.MoveEntry:
                    space.Table[from] = 0;
                    space.Table[to] = entry.Raw;
                    MoveMapping(entry, new PageAddress(space.Id, from), new PageAddress(space.Id, to));
                    break;
                default:
                    throw Impossible($"{entry} meets Remap", call.Request);
            }
        }

        space.Table.Collapse(block.Block);
    }

    private void MoveMapping(PageTableEntry entry, PageAddress from, PageAddress to)
    {
        if (!NamesFrame(entry) || entry.IsZeroPage || (Ram.Owns(entry.Frame) && RecordOf(entry.Frame) is null))
        {
            return;
        }

        PageRecord record = OpenRecord(entry.Frame, from);
        record.Mappings[record.Mappings.IndexOf(from)] = to;
        record.IsMoved = true;
    }
}
