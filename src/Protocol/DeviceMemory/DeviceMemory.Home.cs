using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>What homes ask of a device, answered in the same step: invalidate, copy out, free, bring back, load and store.</summary>
public partial class DeviceMemory
{
    internal virtual Verdict InvalidateStart(Message message, EffectBuffer effects)
    {
        Notifiers.InvalidateStart(message.Block);
        Drop(message);
        DropFromMirrors(message);
        effects.Send(NewMessage(MessageKind.InvalidateAck, message.From, message.Block, message.Pages, message.Transaction));
        return Verdict.Handled;
    }

    internal void Drop(Message message)
    {
        PageTable<DeviceEntry> table = Table(message.Block.Space);
        if (table.TryGetWhole(message.Block.Block, out ulong whole) && whole == 0)
        {
            return;
        }

        PageTable<DeviceEntry>.BlockEntries entries = table.Entries(message.Block.Block);
        PageMask pages = message.Pages;
        foreach (int page in pages)
        {
            entries[page] = Dropped(new DeviceEntry(entries[page]), message);
        }

        table.Collapse(message.Block.Block);
    }

    private static ulong Dropped(DeviceEntry entry, Message message) =>
        DeviceMemoryTable.Decide(entry.Kind, DevicePageEvent.Invalidate) switch
        {
            DevicePageAction.Skip => entry.Raw,
            DevicePageAction.Unmap => 0,
            _ => throw Impossible($"{entry} meets Invalidate", message),
        };

    internal virtual Verdict InvalidateEnd(Message message, EffectBuffer effects)
    {
        Notifiers.InvalidateEnd(message.Block);
        if (!Notifiers.IsInvalidating(message.Block))
        {
            foreach (DeviceRequest walk in _walksWaiting.FindAll(walk => walk.Block == message.Block))
            {
                _walksWaiting.Remove(walk);
                RestartReading(walk);
                BeginWalk(walk, VirtualDuration.Zero, effects);
            }
        }

        return Verdict.Handled;
    }

    /// <summary>The device's own mapping goes before the copy begins: a store after it would be lost (bug 45e of the catalogue).</summary>
    private Verdict CopyPages(Message message, EffectBuffer effects)
    {
        Notifiers.Bump(message.Block);
        _leaving[message.Block] = _leaving.GetValueOrDefault(message.Block) | message.Pages;
        DropNamed(Table(message.Block.Space), message);
        DropNamedFromMirrors(message);
        PageWords values = _layout.TracksValues ? PageWords.WithPlaces() : default;
        PageMask pages = message.Pages;
        foreach (int page in pages)
        {
            if (Frames.References(message.Frames[page]) == 0)
            {
                throw Impossible($"{message.Frames[page]} of page {page} is free", message);
            }

            if (_layout.TracksValues)
            {
                values[page] = Frames.ReadValue(message.Frames[page]);
            }
        }

        Message data = new()
        {
            Kind = MessageKind.PageData,
            From = Id,
            To = message.Destination,
            Block = message.Block,
            Pages = pages,
            TargetFrames = message.TargetFrames,
            Transaction = message.Transaction,
            Values = values,
        };
        effects.Copy(data, (long)pages.Count * VirtualPageNumber.PageBytes);
        return Verdict.Handled;
    }

    /// <summary>The mirrors in which a page of the device may be mapped: whoever brought it in, each mirror of its address space may.</summary>
    internal virtual IEnumerable<DriverMirror> MirrorsThatMayMap(AddressSpaceId space) => _driverMirrors.Where(mirror => mirror.Space == space);

    internal virtual void DropNamedFromMirrors(Message message)
    {
        foreach (DriverMirror mirror in MirrorsThatMayMap(message.Block.Space))
        {
            DropNamed(mirror.Table, message);
        }
    }

    /// <summary>Drops the mappings of the frames that a message names.</summary>
    private protected static void DropNamed(PageTable<DeviceEntry> table, Message message)
    {
        if (table.TryGetWhole(message.Block.Block, out ulong whole) && whole == 0)
        {
            return;
        }

        PageTable<DeviceEntry>.BlockEntries entries = table.Entries(message.Block.Block);
        PageMask pages = message.Pages;
        foreach (int page in pages)
        {
            DeviceEntry entry = new(entries[page]);
            if (entry.IsLocal && entry.Frame == message.Frames[page])
            {
                entries[page] = Dropped(entry, message);
            }
        }

        table.Collapse(message.Block.Block);
    }

    internal virtual Verdict ReceivePageData(Message message, EffectBuffer effects)
    {
        PageMask pages = message.Pages;
        foreach (int page in pages)
        {
            Frames.WriteValue(message.TargetFrames[page], message.Values[page]);
        }

        effects.Send(NewMessage(MessageKind.CopyDone, message.Transaction.Opener, message.Block, pages, message.Transaction));
        return Verdict.Handled;
    }

    internal virtual Verdict FreePages(Message message, EffectBuffer effects)
    {
        if (!message.Pages.IsEmpty)
        {
            PageMask pages = message.Pages;
            foreach (int page in pages)
            {
                Frames.Put(message.Frames[page]);
            }

            HaveLeft(message.Block, pages);
            effects.Note(NoteKind.PagesLeft, pages.Count);
        }

        if (!message.Transaction.IsNone)
        {
            DeviceRequest request = Answered(message);
            if (request.Kind == DeviceRequestKind.ToRam)
            {
                PagesToRam(message, effects);
            }
            else if (request.IsForCall)
            {
                EvictedForCall(message, effects);
            }
            else
            {
                EvictionProgress(request, message.Pages.Count, effects);
            }
        }

        return Verdict.Handled;
    }

    private void HaveLeft(BlockKey block, in PageMask pages)
    {
        PageMask leaving = _leaving.GetValueOrDefault(block) - pages;
        if (leaving.IsEmpty)
        {
            _leaving.Remove(block);
        }
        else
        {
            _leaving[block] = leaving;
        }
    }

    /// <summary>Answers with the aligned group around the touched pages; the home takes of it what it finds here.</summary>
    internal virtual Verdict MigrateToRam(Message message, EffectBuffer effects)
    {
        effects.Send(new Message
        {
            Kind = MessageKind.MigrateVma,
            From = Id,
            To = message.From,
            Block = message.Block,
            Pages = Groups(message.Pages, _spec.CpuFaultGranularityPages),
            Subset = message.Pages,
            Transaction = message.Transaction,
            Cause = MigrationCause.CpuFault,
            Destination = message.From,
        });
        return Verdict.Handled;
    }

    /// <summary>A load or store of a CPU or a peer to coherent memory of this device.</summary>
    private Verdict RemoteAccess(Message message, EffectBuffer effects)
    {
        PageFrameNumber frame = message.Frames[message.Pages.First];
        if (!Frames.Owns(frame) || Frames.References(frame) == 0)
        {
            throw Impossible($"{frame} is not in use", message);
        }

        ulong value = message.Value;
        if (message.IsWrite)
        {
            value += message.IsAtomicAdd ? Frames.ReadValue(frame) : 0;
            Frames.WriteValue(frame, value);
        }
        else
        {
            value = Frames.ReadValue(frame);
        }

        effects.Send(new Message
        {
            Kind = MessageKind.RemoteAccessReply,
            From = Id,
            To = message.From,
            Block = message.Block,
            Pages = message.Pages,
            Thread = message.Thread,
            Transaction = message.Transaction,
            IsWrite = message.IsWrite,
            AccessBytes = message.IsWrite ? 0 : message.AccessBytes,
            Value = value,
        });
        return Verdict.Handled;
    }

    internal virtual Verdict RemoteAccessReply(Message message, EffectBuffer effects)
    {
        if (message.Transaction.IsNone)
        {
            effects.Wake(message.Thread, VirtualDuration.Zero, message.Value);
        }
        else
        {
            AccessedForCall(message, effects);
        }

        return Verdict.Handled;
    }
}
