using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>What homes answer to the requests of a batch: a walk's frames, or the outcome of a migration.</summary>
public partial class DeviceMemory
{
    private Verdict RangeFaultReply(in StepContext context, Message message, EffectBuffer effects)
    {
        DeviceRequest request = Answered(message);
        if (MustWalkAgain(request.Block, request.NotifierSequence))
        {
            WalkAgain(request, message, effects);
            return Verdict.Handled;
        }

        Notifiers.ReadEnd(request.Block);
        if (request.IsForCall)
        {
            WalkedForCall(request, message, effects);
            return Verdict.Handled;
        }

        PageTable<DeviceEntry> table = Table(request.Block.Space);
        PageTable<DeviceEntry>.BlockEntries entries = table.Entries(request.Block.Block);
        int mapped = 0;
        PageMask pages = request.Pages;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(entries[page]);
            DeviceEntry next = Mapped(entry, ReportEvent(message, page), message.Frames[page], message);
            bool isRemote = next.Kind is DeviceEntryKind.RemoteRead or DeviceEntryKind.RemoteWrite;
            entries[page] = isRemote && _servesCpu ? entry.Raw : next.Raw; // lent RAM: faults again at the replay
            mapped += isRemote && !_servesCpu ? 1 : 0;
        }

        table.Collapse(request.Block.Block);
        HaveLeft(request.Block, request.Pages); // or stayed: what the walk found is true again
        if (mapped > 0)
        {
            effects.Note(NoteKind.PagesMappedRemotely, mapped);
        }

        EndRequest(context, effects);
        return Verdict.Handled;
    }

    /// <summary>Throws away what a walk has found, and begins it anew.</summary>
    internal virtual void WalkAgain(DeviceRequest request, Message found, EffectBuffer effects)
    {
        effects.Note(NoteKind.RangeFaultRetry, 1);
        RestartReading(request);
        Track(request);
        BeginWalk(request, VirtualDuration.Zero, effects);
    }

    /// <summary>True if an invalidation has begun since the walk (<c>mmu_interval_read_retry</c>).</summary>
    internal virtual bool MustWalkAgain(BlockKey block, ulong sequence) => Notifiers.ReadRetry(block, sequence);

    internal void RestartReading(DeviceRequest walk)
    {
        Notifiers.ReadEnd(walk.Block);
        walk.NotifierSequence = Notifiers.ReadBegin(walk.Block);
    }

    private static DeviceEntry Mapped(DeviceEntry entry, DevicePageEvent pageEvent, PageFrameNumber frame, Message message) =>
        DeviceMemoryTable.Decide(entry.Kind, pageEvent) switch
        {
            DevicePageAction.MapRemoteRead => new DeviceEntry(DeviceEntryKind.RemoteRead, frame),
            DevicePageAction.MapRemoteWrite => new DeviceEntry(DeviceEntryKind.RemoteWrite, frame),
            DevicePageAction.MapLocalRead => new DeviceEntry(DeviceEntryKind.LocalRead, frame),
            DevicePageAction.MapLocalWrite => new DeviceEntry(DeviceEntryKind.LocalWrite, frame),
            DevicePageAction.MarkError => new DeviceEntry((ulong)DeviceEntryKind.Error),
            _ => throw Impossible($"{entry} meets {pageEvent}", message),
        };

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

    internal virtual Verdict MigrateFinalize(in StepContext context, Message message, EffectBuffer effects)
    {
        DeviceRequest request = Answered(message);
        Unreserve(request);
        if (request.IsForCall)
        {
            MigratedForCall(request, message, effects);
            return Verdict.Handled;
        }

        MapArrived(Table(request.Block.Space), request, message);
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

    private void Unreserve(DeviceRequest request)
    {
        PageMask reserved = _reserved.GetValueOrDefault(request.Block) - request.Pages;
        if (reserved.IsEmpty)
        {
            _reserved.Remove(request.Block);
        }
        else
        {
            _reserved[request.Block] = reserved;
        }
    }

    /// <summary>Maps what has moved here, and gives back the frames of the rest.</summary>
    internal virtual void MapArrived(PageTable<DeviceEntry> table, DeviceRequest request, Message message)
    {
        PageTable<DeviceEntry>.BlockEntries entries = table.Entries(request.Block.Block);
        PageMask pages = request.Pages;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(entries[page]);
            DevicePageEvent outcome = !message.Pages.Contains(page) ? DevicePageEvent.NotMoved
                : message.Subset.Contains(page) ? DevicePageEvent.MovedWrite : DevicePageEvent.MovedRead;
            if (DeviceMemoryTable.Decide(entry.Kind, outcome) == DevicePageAction.FreeFrame)
            {
                Frames.Put(request.Frames[page]);
            }
            else
            {
                entries[page] = Mapped(entry, outcome, request.Frames[page], message).Raw;
            }
        }

        table.Collapse(request.Block.Block);
    }
}
