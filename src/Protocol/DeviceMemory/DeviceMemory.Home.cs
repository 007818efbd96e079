using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>What homes ask of a device, answered in the same step: invalidate, copy out, free, bring back.</summary>
public sealed partial class DeviceMemory
{
    private Verdict InvalidateStart(Message message, EffectBuffer effects)
    {
        Notifiers.InvalidateStart(message.Block);
        Drop(message);
        effects.Send(NewMessage(MessageKind.InvalidateAck, message.From, message.Block, message.Pages, message.Transaction));
        return Verdict.Handled;
    }

    private void Drop(Message message)
    {
        PageTable<DeviceEntry> table = Table(message.Block.Space);
        Span<ulong> entries = table.Split(message.Block.Block);
        PageMask pages = message.Pages;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(entries[page]);
            entries[page] = DeviceMemoryTable.Decide(entry.Kind, DevicePageEvent.Invalidate) switch
            {
                DevicePageAction.Skip => entry.Raw,
                DevicePageAction.Hold => new DeviceEntry(DeviceEntryKind.Held, entry.Frame).Raw,
                DevicePageAction.Unmap => 0,
                _ => throw Impossible($"{entry} meets Invalidate", message),
            };
        }

        table.Collapse(message.Block.Block);
    }

    private Verdict InvalidateEnd(Message message, EffectBuffer effects)
    {
        Notifiers.InvalidateEnd(message.Block);
        if (!Notifiers.IsInvalidating(message.Block))
        {
            foreach (DeviceRequest walk in _walksWaiting.FindAll(walk => walk.Block == message.Block))
            {
                _walksWaiting.Remove(walk);
                Notifiers.ReadEnd(walk.Block);
                walk.NotifierSequence = Notifiers.ReadBegin(walk.Block);
                BeginWalk(walk, VirtualDuration.Zero, effects);
            }
        }

        return Verdict.Handled;
    }

    /// <summary>The device's own mapping goes before the copy begins: a store after it would be lost (bug 45e of the catalogue).</summary>
    private Verdict CopyPages(Message message, EffectBuffer effects)
    {
        Notifiers.Bump(message.Block);
        PageTable<DeviceEntry> table = Table(message.Block.Space);
        Span<ulong> entries = table.Split(message.Block.Block);
        ulong[]? values = _layout.TracksValues ? new ulong[VirtualBlockNumber.Pages] : null;
        PageMask pages = message.Pages;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(entries[page]);
            if (DeviceMemoryTable.Decide(entry.Kind, DevicePageEvent.CopyOut) != DevicePageAction.Copy)
            {
                throw Impossible($"{entry} meets CopyOut", message);
            }

            entries[page] = new DeviceEntry(DeviceEntryKind.Held, entry.Frame).Raw;
            if (values is not null)
            {
                values[page] = Frames.ReadValue(entry.Frame);
            }
        }

        table.Collapse(message.Block.Block);
        Message data = new()
        {
            Kind = MessageKind.PageData,
            From = Id,
            To = message.Destination,
            Block = message.Block,
            Pages = pages,
            Transaction = message.Transaction,
            Values = values,
        };
        effects.Copy(data, (long)pages.Count * VirtualPageNumber.PageBytes);
        return Verdict.Handled;
    }

    private Verdict ReceivePageData(Message message, EffectBuffer effects)
    {
        PageTable<DeviceEntry> table = Table(message.Block.Space);
        PageMask pages = message.Pages;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(table[message.Block.Block.Page(page)]);
            if (DeviceMemoryTable.Decide(entry.Kind, DevicePageEvent.Arrive) != DevicePageAction.Store)
            {
                throw Impossible($"{entry} meets Arrive", message);
            }

            if (message.Values is { } values)
            {
                Frames.WriteValue(entry.Frame, values[page]);
            }
        }

        effects.Send(NewMessage(MessageKind.CopyDone, message.Transaction.Opener, message.Block, pages, message.Transaction));
        return Verdict.Handled;
    }

    private Verdict FreePages(Message message, EffectBuffer effects)
    {
        if (!message.Pages.IsEmpty)
        {
            PageTable<DeviceEntry> table = Table(message.Block.Space);
            Span<ulong> entries = table.Split(message.Block.Block);
            PageMask pages = message.Pages;
            foreach (int page in pages)
            {
                DeviceEntry entry = new(entries[page]);
                if (DeviceMemoryTable.Decide(entry.Kind, DevicePageEvent.Free) != DevicePageAction.FreeFrame)
                {
                    throw Impossible($"{entry} meets Free", message);
                }

                Frames.Put(entry.Frame);
                entries[page] = 0;
            }

            table.Collapse(message.Block.Block);
            effects.Note(NoteKind.PagesLeft, pages.Count);
        }

        if (!message.Transaction.IsNone)
        {
            EvictionProgress(Answered(message), message.Pages.Count, effects);
        }

        return Verdict.Handled;
    }

    private Verdict MigrateToRam(Message message, EffectBuffer effects)
    {
        PageTable<DeviceEntry> table = Table(message.Block.Space);
        PageMask region = message.Pages;
        PageMask candidates = Groups(message.Pages, _spec.CpuFaultGranularityPages);
        foreach (int page in candidates)
        {
            DeviceEntry entry = new(table[message.Block.Block.Page(page)]);
            bool isTouched = message.Pages.Contains(page);
            DevicePageEvent asked = isTouched ? DevicePageEvent.MigrateToRam : DevicePageEvent.SendAlong;
            switch (DeviceMemoryTable.Decide(entry.Kind, asked))
            {
                case DevicePageAction.Request:
                    region.Add(page);
                    break;
                case DevicePageAction.Skip:
                    break;
                default:
                    throw Impossible($"{entry} meets {asked}", message);
            }
        }

        effects.Send(new Message
        {
            Kind = MessageKind.MigrateVma,
            From = Id,
            To = message.From,
            Block = message.Block,
            Pages = region,
            Subset = message.Pages,
            Transaction = message.Transaction,
            Cause = MigrationCause.CpuFault,
            Destination = message.From,
        });
        return Verdict.Handled;
    }

    private static Verdict RemoteAccessReply(Message message, EffectBuffer effects)
    {
        effects.Wake(message.Thread, VirtualDuration.Zero, message.Value);
        return Verdict.Handled;
    }
}
