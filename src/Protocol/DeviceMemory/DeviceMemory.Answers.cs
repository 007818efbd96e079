using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>What homes answer to the requests of a batch: a walk's frames, or the outcome of a migration.</summary>
public sealed partial class DeviceMemory
{
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
                DevicePageAction.MapRemoteRead or DevicePageAction.MapRemoteWrite when _servesCpu => entry, // faults again at the replay
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
}
