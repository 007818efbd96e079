using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol;

/// <summary>Service of one block of a batch: what to bring here, what to map in RAM, room for it, and the answers.</summary>
public sealed partial class DeviceMemory
{
    private Verdict ServiceBlock(in StepContext context, EffectBuffer effects)
    {
        BlockFaults faults = _batch!.Blocks[_batch.Next];
        PageMask fetch = default;
        PageMask walk = default;
        PageTable<DeviceEntry> table = Table(faults.Block.Space);
        PageMask pages = faults.Pages;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(table[faults.Block.Block.Page(page)]);
            DevicePageEvent fault = faults.Writes.Contains(page) ? DevicePageEvent.WriteFault : DevicePageEvent.ReadFault;
            switch (DeviceMemoryTable.Decide(entry.Kind, fault))
            {
                case DevicePageAction.Skip:
                    break;
                case DevicePageAction.Fetch:
                    (faults.ToMap.Contains(page) ? ref walk : ref fetch).Add(page);
                    break;
                case DevicePageAction.Walk:
                    walk.Add(page);
                    break;
                default:
                    throw new InvalidOperationException($"{entry} meets {fault} of page {page} in block {faults.Block} at {context.Now}");
            }
        }

        PageMask wanted = WithNeighbours(table, faults.Block, fetch, walk);
        if (wanted.Count > Frames.FrameCount)
        {
            walk |= fetch; // larger than the whole memory: map it in RAM
            wanted = default;
            fetch = default;
        }

        if (!Frames.TryAllocate(faults.Block, wanted, out PageFrames frames))
        {
            if (StartEviction(faults, effects))
            {
                return Verdict.Deferred; // goes on when the eviction has ended
            }

            effects.Note(NoteKind.EvictionFailed, 1);
            walk |= fetch;
            wanted = default;
            fetch = default;
        }

        VirtualDuration work = _spec.BlockOverhead + (_spec.PageOverhead * (wanted.Count + walk.Count));
        if (!wanted.IsEmpty)
        {
            RequestMigration(faults, wanted, fetch, frames, work, effects);
        }

        if (!walk.IsEmpty)
        {
            RequestWalk(faults.Block, walk, walk & faults.Writes, work, effects);
        }

        _batch.Next++;
        if (_batch.Next < _batch.Blocks.Count)
        {
            ScheduleBlock(work, effects);
        }

        EndBatchWhenDone(context, effects);
        return Verdict.Handled;
    }

    /// <summary>The pages to bring: each with those of its aligned group that lie in the area, could come along, and are not walked for.</summary>
    private PageMask WithNeighbours(PageTable<DeviceEntry> table, BlockKey block, in PageMask touched, in PageMask walked)
    {
        if (_spec.FaultGranularityPages == 1 || touched.IsEmpty || AreaOf(block) is not { } area)
        {
            return touched;
        }

        PageMask wanted = touched;
        PageMask candidates = (Groups(touched, _spec.FaultGranularityPages) & area.PagesIn(block.Block)) - walked;
        foreach (int page in candidates)
        {
            DeviceEntry entry = new(table[block.Block.Page(page)]);
            if (DeviceMemoryTable.Decide(entry.Kind, DevicePageEvent.BringAlong) == DevicePageAction.Fetch)
            {
                wanted.Add(page);
            }
        }

        return wanted;
    }

    private static PageMask Groups(in PageMask pages, int groupPages)
    {
        PageMask groups = default;
        for (int page = pages.First; page < VirtualBlockNumber.Pages;)
        {
            int begin = page / groupPages * groupPages;
            groups |= PageMask.Range(begin, groupPages);
            page = pages.NextAtOrAfter(begin + groupPages);
        }

        return groups;
    }

    private void RequestMigration(
        BlockFaults faults, in PageMask wanted, in PageMask touched, PageFrames frames, VirtualDuration work, EffectBuffer effects)
    {
        PageTable<DeviceEntry> table = Table(faults.Block.Space);
        Span<ulong> entries = table.Split(faults.Block.Block);
        foreach (int page in wanted)
        {
            entries[page] = new DeviceEntry(DeviceEntryKind.Reserved, frames[page]).Raw;
        }

        table.Collapse(faults.Block.Block);
        DeviceRequest request = new()
        {
            Id = NextRequest(),
            Kind = DeviceRequestKind.Migrate,
            Block = faults.Block,
            Pages = wanted,
            Subset = touched,
            Writes = touched & faults.Writes,
            Frames = frames,
        };
        Track(request);
        _batch!.OpenRequests++;
        Message message = new()
        {
            Kind = MessageKind.MigrateVma,
            From = Id,
            To = HomeOf(faults.Block),
            Block = faults.Block,
            Pages = wanted,
            Subset = touched,
            Frames = frames,
            Transaction = request.Id,
            Cause = MigrationCause.DeviceFault,
            Destination = Id,
        };
        effects.Send(message, work);
    }

    private void RequestWalk(BlockKey block, in PageMask pages, in PageMask writes, VirtualDuration work, EffectBuffer effects)
    {
        DeviceRequest request = new()
        {
            Id = NextRequest(),
            Kind = DeviceRequestKind.Walk,
            Block = block,
            Pages = pages,
            Subset = writes,
            NotifierSequence = Notifiers.ReadBegin(block),
        };
        Track(request);
        _batch!.OpenRequests++;
        BeginWalk(request, work, effects);
    }

    /// <summary>A walk must not begin while an invalidation is in progress; it begins at its end then.</summary>
    private void BeginWalk(DeviceRequest request, VirtualDuration work, EffectBuffer effects)
    {
        if (Notifiers.IsInvalidating(request.Block))
        {
            _walksWaiting.Add(request);
            return;
        }

        Message message = new()
        {
            Kind = MessageKind.RangeFault,
            From = Id,
            To = HomeOf(request.Block),
            Block = request.Block,
            Pages = request.Pages,
            Subset = request.Subset,
            Transaction = request.Id,
        };
        effects.Send(message, work);
    }

    private Verdict RangeFaultReply(in StepContext context, Message message, EffectBuffer effects)
    {
        DeviceRequest request = Answered(message);
        if (Notifiers.ReadRetry(request.Block, request.NotifierSequence))
        {
            effects.Note(NoteKind.RangeFaultRetry, 1);
            Notifiers.ReadEnd(request.Block);
            request.NotifierSequence = Notifiers.ReadBegin(request.Block);
            Track(request);
            BeginWalk(request, VirtualDuration.Zero, effects);
            return Verdict.Handled;
        }

        Notifiers.ReadEnd(request.Block);
        PageTable<DeviceEntry> table = Table(request.Block.Space);
        Span<ulong> entries = table.Split(request.Block.Block);
        int mapped = 0;
        PageMask pages = request.Pages;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(entries[page]);
            DevicePageEvent report = ReportEvent(message, page);
            DeviceEntry next = DeviceMemoryTable.Decide(entry.Kind, report) switch
            {
                DevicePageAction.Skip => entry,
                DevicePageAction.MapRemoteRead => new DeviceEntry(DeviceEntryKind.RemoteRead, message.Frames[page]),
                DevicePageAction.MapRemoteWrite => new DeviceEntry(DeviceEntryKind.RemoteWrite, message.Frames[page]),
                DevicePageAction.MapLocalRead => new DeviceEntry(DeviceEntryKind.LocalRead, entry.Frame),
                DevicePageAction.MapLocalWrite => new DeviceEntry(DeviceEntryKind.LocalWrite, entry.Frame),
                DevicePageAction.MarkError => new DeviceEntry((ulong)DeviceEntryKind.Error),
                _ => throw Impossible($"{entry} meets {report}", message),
            };
            entries[page] = next.Raw;
            mapped += next.Kind is DeviceEntryKind.RemoteRead or DeviceEntryKind.RemoteWrite ? 1 : 0;
        }

        table.Collapse(request.Block.Block);
        if (mapped > 0)
        {
            effects.Note(NoteKind.PagesMappedRemotely, mapped);
        }

        EndRequest(context, effects);
        return Verdict.Handled;
    }

    private DevicePageEvent ReportEvent(Message message, int page)
    {
        if (!message.Pages.Contains(page))
        {
            return DevicePageEvent.ReportedError;
        }

        bool writable = message.Subset.Contains(page);
        return Frames.Owns(message.Frames[page])
            ? writable ? DevicePageEvent.ReportedOwnWrite : DevicePageEvent.ReportedOwnRead
            : writable ? DevicePageEvent.ReportedRamWrite : DevicePageEvent.ReportedRamRead;
    }

    private Verdict MigrateFinalize(in StepContext context, Message message, EffectBuffer effects)
    {
        DeviceRequest request = Answered(message);
        PageTable<DeviceEntry> table = Table(request.Block.Space);
        Span<ulong> entries = table.Split(request.Block.Block);
        PageMask pages = request.Pages;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(entries[page]);
            DevicePageEvent outcome = !message.Pages.Contains(page) ? DevicePageEvent.NotMoved
                : message.Subset.Contains(page) ? DevicePageEvent.MovedWrite : DevicePageEvent.MovedRead;
            switch (DeviceMemoryTable.Decide(entry.Kind, outcome))
            {
                case DevicePageAction.MapLocalRead:
                    entries[page] = new DeviceEntry(DeviceEntryKind.LocalRead, entry.Frame).Raw;
                    break;
                case DevicePageAction.MapLocalWrite:
                    entries[page] = new DeviceEntry(DeviceEntryKind.LocalWrite, entry.Frame).Raw;
                    break;
                case DevicePageAction.FreeFrame:
                    Frames.Put(entry.Frame);
                    entries[page] = 0;
                    break;
                default:
                    throw Impossible($"{entry} meets {outcome}", message);
            }
        }

        table.Collapse(request.Block.Block);

        if (!message.Pages.IsEmpty)
        {
            effects.Note(NoteKind.PagesArrived, message.Pages.Count);
        }

        // As nvidia-uvm's HMM mode does: what could not move is mapped where it is.
        PageMask left = request.Subset - message.Pages;
        if (!left.IsEmpty)
        {
            RequestWalk(request.Block, left, left & request.Writes, VirtualDuration.Zero, effects);
        }

        EndRequest(context, effects);
        return Verdict.Handled;
    }

    private MemoryId HomeOf(BlockKey block) => AreaOf(block) is { } area
        ? area.Home
        : throw new InvalidOperationException($"block {block} lies in no area: the processor must not have faulted on it");
}
