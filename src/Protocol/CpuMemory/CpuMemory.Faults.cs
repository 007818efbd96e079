using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>Touches: by CPU threads of this host, and by devices through a range fault or a mapping they were given.</summary>
public sealed partial class CpuMemory
{
    private Verdict CpuFault(in StepContext context, Message message, EffectBuffer effects)
    {
        if (WaitsForUnmap(message))
        {
            return Verdict.Deferred;
        }

        int page = message.Pages.First;
        VirtualPageNumber address = message.Block.Block.Page(page);
        if (!MappedPages(message.Block, out bool isWritable).Contains(page) || (message.IsWrite && !isWritable))
        {
            effects.Note(NoteKind.AccessViolation, 1);
            effects.Wake(message.Thread, VirtualDuration.Zero);
            return Verdict.Handled;
        }

        PageTable<CpuEntryLayout> table = Table(message.Block.Space);
        PageTableEntry entry = new(table[address]);
        BlockActivity? activity = ActivityOf(message.Block);
        CpuPageAction action = CpuMemoryTable.Decide(KindOf(entry, activity?.Locked ?? default, page), CpuPageEvent.CpuTouch);
        switch (action)
        {
            case CpuPageAction.Populate:
                PageFrames frames = AllocateRam(message.Block, PageMask.Of(page));
                table[address] = PageTableEntry.Present(frames[page], isWritable).Touched(message.IsWrite).Raw;
                if (page == VirtualBlockNumber.Pages - 1)
                {
                    table.Collapse(message.Block.Block); // a sequential first touch has just filled the block
                }

                ResumeThread(context, message, _spec.PageOverhead, effects);
                return Verdict.Handled;
            case CpuPageAction.Report:
                table[address] = entry.Touched(message.IsWrite).Raw;
                ResumeThread(context, message, VirtualDuration.Zero, effects);
                return Verdict.Handled;
            case CpuPageAction.Wait:
                activity!.WaitersOf(page).Add(message);
                return Verdict.Deferred;
            case CpuPageAction.MigrateToRam:
                StartMigrateToRam(context, message.Block, OwnerOf(entry), PageMask.Of(page), effects).Waiters.Add(message);
                return Verdict.Deferred;
            default:
                throw Impossible($"{entry} meets CpuTouch", message);
        }
    }

    private static void ResumeThread(in StepContext context, Message message, VirtualDuration delay, EffectBuffer effects)
    {
        effects.Wake(message.Thread, delay);
        effects.Note(NoteKind.CpuFaultTotal, (context.Now + delay - message.ActsAt).Picoseconds);
    }

    /// <summary>Locks pages of one owner and asks it to bring them back; who needs them waits in the transaction.</summary>
    private MigrationTransaction StartMigrateToRam(
        in StepContext context, BlockKey block, MemoryId owner, in PageMask pages, EffectBuffer effects)
    {
        MigrationTransaction migration = Open(context, new MigrationTransaction
        {
            Id = NextTransaction(),
            Block = block,
            Cause = MigrationCause.CpuFault,
            Initiator = Id,
            Request = default,
            Destination = Id,
            Phase = MigrationPhase.AwaitingOwner,
            Locked = pages,
        });
        effects.Send(new Message
        {
            Kind = MessageKind.MigrateToRam,
            From = Id,
            To = owner,
            Block = block,
            Pages = pages,
            Transaction = migration.Id,
        });
        return migration;
    }

    /// <summary>The walk of <c>hmm_range_fault</c>: populate, bring foreign device pages back, then report all frames at once.</summary>
    private Verdict RangeFault(in StepContext context, Message message, EffectBuffer effects)
    {
        if (WaitsForUnmap(message))
        {
            return Verdict.Deferred;
        }

        PageTable<CpuEntryLayout> table = Table(message.Block.Space);
        BlockActivity? activity = ActivityOf(message.Block);
        PageMask locked = activity?.Locked ?? default;
        PageMask pages = message.Pages & MappedPages(message.Block, out bool isWritable);
        if (!isWritable)
        {
            pages = pages - message.Subset;
        }

        PageMask missing = default;
        var foreign = new List<(MemoryId Owner, PageMask Pages)>();
        foreach (int page in pages)
        {
            PageTableEntry entry = new(table[message.Block.Block.Page(page)]);
            bool isOwn = entry.Kind == EntryKind.DevicePrivate && OwnerOf(entry) == message.From;
            CpuPageEvent touch = isOwn ? CpuPageEvent.OwnerTouch : CpuPageEvent.DeviceTouch;
            switch (CpuMemoryTable.Decide(KindOf(entry, locked, page), touch))
            {
                case CpuPageAction.Populate:
                    missing.Add(page);
                    break;
                case CpuPageAction.Report:
                    break;
                case CpuPageAction.Wait:
                    activity!.WaitersOf(page).Add(message);
                    return Verdict.Deferred;
                case CpuPageAction.MigrateToRam:
                    AddTo(foreign, OwnerOf(entry), page);
                    break;
                default:
                    throw Impossible($"{entry} meets {touch}", message);
            }
        }

        if (foreign.Count > 0)
        {
            MigrationTransaction? last = null;
            foreach ((MemoryId owner, PageMask owned) in foreign)
            {
                last = StartMigrateToRam(context, message.Block, owner, owned, effects);
            }

            last!.Waiters.Add(message);
            return Verdict.Deferred;
        }

        Populate(table, message.Block, missing, isWritable);
        Report(table, message, pages, effects);
        return Verdict.Handled;
    }

    private void Populate(PageTable<CpuEntryLayout> table, BlockKey block, in PageMask pages, bool isWritable)
    {
        if (pages.IsEmpty)
        {
            return;
        }

        PageFrames frames = AllocateRam(block, pages);
        Span<ulong> entries = table.Split(block.Block);
        foreach (int page in pages)
        {
            entries[page] = PageTableEntry.Present(frames[page], isWritable).Raw;
        }

        table.Collapse(block.Block);
    }

    private void Report(PageTable<CpuEntryLayout> table, Message message, in PageMask pages, EffectBuffer effects)
    {
        PageMask writable = default;
        PageMask inRam = default;
        var frames = new PageFramesBuilder();
        foreach (int page in pages)
        {
            PageTableEntry entry = new(table[message.Block.Block.Page(page)]);
            frames.Add(page, entry.Frame);
            if (entry.IsWritable)
            {
                writable.Add(page);
            }

            if (entry.IsPresent)
            {
                inRam.Add(page);
            }
        }

        Subscribe(message.Block, message.From, inRam);
        effects.Send(new Message
        {
            Kind = MessageKind.RangeFaultReply,
            From = Id,
            To = message.From,
            Block = message.Block,
            Pages = pages,
            Subset = writable,
            Frames = frames.Build(),
            Transaction = message.Transaction,
        });
    }

    private Verdict RemoteAccess(Message message, EffectBuffer effects)
    {
        int page = message.Pages.First;
        PageTableEntry entry = Entry(message.Block.Space, message.Block.Block.Page(page));
        CpuPageAction action = CpuMemoryTable.Decide(entry.Kind, CpuPageEvent.RemoteAccess);
        if (action != CpuPageAction.Access || !Ram.Owns(entry.Frame))
        {
            throw Impossible($"{entry} meets RemoteAccess", message);
        }

        ulong value = message.Value;
        if (message.IsWrite)
        {
            value += message.IsAtomicAdd ? Ram.ReadValue(entry.Frame) : 0;
            Ram.WriteValue(entry.Frame, value);
        }
        else
        {
            value = Ram.ReadValue(entry.Frame);
        }

        effects.Send(new Message
        {
            Kind = MessageKind.RemoteAccessReply,
            From = Id,
            To = message.From,
            Block = message.Block,
            Pages = message.Pages,
            Thread = message.Thread,
            IsWrite = message.IsWrite,
            AccessBytes = message.IsWrite ? 0 : message.AccessBytes,
            Value = value,
        });
        return Verdict.Handled;
    }

    private MemoryId OwnerOf(PageTableEntry entry) => Ram.Owns(entry.Frame) ? Id : _layout.Memories.Of(entry.Frame).Id;

    private static void AddTo(List<(MemoryId Memory, PageMask Pages)> groups, MemoryId memory, int page)
    {
        int at = groups.FindIndex(group => group.Memory == memory);
        PageMask pages = at < 0 ? default : groups[at].Pages;
        pages.Add(page);
        if (at < 0)
        {
            groups.Add((memory, pages));
        }
        else
        {
            groups[at] = (memory, pages);
        }
    }
}
