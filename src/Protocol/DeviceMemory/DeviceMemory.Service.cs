using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol;

/// <summary>Service of one block of a batch: what to bring here, what to map in RAM, and room for it.</summary>
public partial class DeviceMemory
{
    private Verdict ServiceBlock(in StepContext context, Message message, EffectBuffer effects)
    {
        BlockFaults faults = _batch!.Blocks[_batch.Next];
        PageMask fetch = default;
        PageMask walk = default;
        PageTable<DeviceEntry> table = Table(faults.Block.Space);
        PageMask pages = faults.Pages;
        PageMask leaving = _leaving.GetValueOrDefault(faults.Block);
        foreach (int page in pages)
        {
            DeviceEntry entry = new(table[faults.Block.Block.Page(page)]);
            DevicePageEvent fault = faults.Writes.Contains(page) ? DevicePageEvent.WriteFault : DevicePageEvent.ReadFault;
            switch (DeviceMemoryTable.Decide(entry.Kind, fault))
            {
                case DevicePageAction.Skip:
                    break;
                case DevicePageAction.Fetch:
                    // A page that is just leaving is mapped where it goes: fetching it back at once, two memories would rob each other for ever.
                    (faults.ToMap.Contains(page) || leaving.Contains(page) ? ref walk : ref fetch).Add(page);
                    break;
                case DevicePageAction.Walk:
                    walk.Add(page);
                    break;
                default:
                    throw Impossible($"{entry} of page {page} of block {faults.Block} meets {fault}", message);
            }
        }

        PageMask wanted = WithNeighbours(table, faults.Block, fetch, walk);
        if (wanted.Count > Frames.FrameCount && _servesCpu)
        {
            fetch = PageMask.Of(fetch.First); // one after the other: the rest faults again at the replay
            wanted = WithNeighbours(table, faults.Block, fetch, walk);
            wanted = wanted.Count > Frames.FrameCount ? fetch : wanted;
        }
        else if (wanted.Count > Frames.FrameCount)
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
        PageMask candidates = (Groups(touched, _spec.FaultGranularityPages) & area.PagesIn(block.Block)) - walked - _leaving.GetValueOrDefault(block);
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
        _reserved[faults.Block] = _reserved.GetValueOrDefault(faults.Block) | wanted;
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
            Cause = _servesCpu ? MigrationCause.CpuFault : MigrationCause.DeviceFault,
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
    internal void BeginWalk(DeviceRequest request, VirtualDuration work, EffectBuffer effects)
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
            IsRange = request.IsForCall,
            Action = request.IsForCall && _driverCall!.Call.Kind == CallKind.Snapshot ? FaultAction.Snapshot : FaultAction.Map,
        };
        effects.Send(message, work);
    }

    private MemoryId HomeOf(BlockKey block) => _layout.HomeOf(block);
}
