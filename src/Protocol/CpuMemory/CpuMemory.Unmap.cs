using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>
/// Migration phase 2, unmap, and <c>munmap</c>: make sure that no mirror and no CPU TLB still reaches the pages
/// (<c>mmu_interval_notifier</c> start, acknowledgement, end).
/// </summary>
public sealed partial class CpuMemory
{
    private void BeginUnmap(in StepContext context, MigrationTransaction migration, Message cause, EffectBuffer effects)
    {
        InvalidateMirrors(migration.Block, migration.Locked, migration.Id, migration.Invalidated, effects);
        migration.Pending = migration.Invalidated.Count;
        VirtualDuration work = migration.Destination == Id ? _spec.PageOverhead * migration.Locked.Count : VirtualDuration.Zero;
        if (migration.Sources.Exists(source => source.Memory == Id))
        {
            work += _spec.TlbShootdown;
        }

        migration.Pending += StartCpuWork(migration.Id, migration.Block, work, effects);

        if (migration.Pending == 0)
        {
            BeginCopy(context, migration, cause, effects);
        }
    }

    private Verdict Unmap(Message message, EffectBuffer effects)
    {
        if (WaitsForUnmap(message))
        {
            return Verdict.Deferred;
        }

        BlockActivity activity = OpenActivity(message.Block);
        if (activity.Migrations.Count > 0)
        {
            activity.Migrations[0].Waiters.Add(message);
            return Verdict.Deferred;
        }

        UnmapTransaction unmap = new() { Id = NextTransaction(), Request = message };
        activity.Unmap = unmap;
        _unmaps.Add(unmap.Id, unmap);
        InvalidateMirrors(message.Block, message.Pages, unmap.Id, unmap.Invalidated, effects);
        InvalidateOwners(unmap, effects);
        unmap.Pending = unmap.Invalidated.Count + StartCpuWork(unmap.Id, message.Block, _spec.TlbShootdown, effects);
        if (unmap.Pending == 0)
        {
            Zap(unmap, effects);
        }

        return Verdict.Handled;
    }

    private Verdict UnmapProgress(in StepContext context, Message message, EffectBuffer effects)
    {
        if (_unmaps.TryGetValue(message.Transaction, out UnmapTransaction? unmap))
        {
            if (--unmap.Pending == 0)
            {
                Zap(unmap, effects);
            }

            return Verdict.Handled;
        }

        if (!_migrations.TryGetValue(message.Transaction, out MigrationTransaction? migration) || migration.Phase != MigrationPhase.Unmapping)
        {
            throw Impossible($"no transaction unmaps under this number: {migration}", message);
        }

        if (--migration.Pending == 0)
        {
            effects.Note(NoteKind.UnmapPhase, (context.Now - migration.PhaseBegan).Picoseconds);
            EndInvalidation(migration.Block, migration.Locked, migration.Id, migration.Invalidated, effects);
            BeginCopy(context, migration, message, effects);
        }

        return Verdict.Handled;
    }

    private void Zap(UnmapTransaction unmap, EffectBuffer effects)
    {
        Message request = unmap.Request;
        PageTable<CpuEntryLayout> table = Table(request.Block.Space);
        var atOwners = new List<(MemoryId Memory, PageMask Pages)>();
        Span<ulong> entries = table.Split(request.Block.Block);
        foreach (int page in request.Pages)
        {
            PageTableEntry entry = new(entries[page]);
            switch (CpuMemoryTable.Decide(entry.Kind, CpuPageEvent.Unmap))
            {
                case CpuPageAction.Skip:
                    break;
                case CpuPageAction.FreeFrame:
                    Ram.Put(entry.Frame);
                    break;
                case CpuPageAction.FreeAtOwner:
                    AddTo(atOwners, OwnerOf(entry), page);
                    break;
                default:
                    throw Impossible($"{entry} meets Unmap", request);
            }

            entries[page] = 0;
        }

        table.Collapse(request.Block.Block);
        _unmapped[request.Block] = _unmapped.GetValueOrDefault(request.Block) | request.Pages;
        EndInvalidation(request.Block, request.Pages, unmap.Id, unmap.Invalidated, effects);
        foreach ((MemoryId owner, PageMask pages) in atOwners)
        {
            SendFreePages(owner, request.Block, pages, default, effects);
        }

        effects.Wake(request.Thread, VirtualDuration.Zero);
        _unmaps.Remove(unmap.Id);
        ActivityOf(request.Block)!.Unmap = null;
        CloseActivity(request.Block, unmap.Waiters);
    }

    /// <summary>Tells every device that may have mapped one of these RAM pages to drop it.</summary>
    private void InvalidateMirrors(
        BlockKey block, in PageMask pages, TransactionId transaction, List<MemoryId> invalidated, EffectBuffer effects)
    {
        if (!_mirrors.TryGetValue(block, out List<MirrorMapping>? mirrors))
        {
            return;
        }

        for (int i = mirrors.Count - 1; i >= 0; i--)
        {
            PageMask dropped = mirrors[i].Pages & pages;
            if (dropped.IsEmpty)
            {
                continue;
            }

            invalidated.Add(mirrors[i].Mirror);
            SendInvalidate(MessageKind.InvalidateStart, mirrors[i].Mirror, block, pages, transaction, effects);
            effects.Note(NoteKind.Invalidation, dropped.Count);
            mirrors[i] = mirrors[i] with { Pages = mirrors[i].Pages - dropped };
            if (mirrors[i].Pages.IsEmpty)
            {
                mirrors.RemoveAt(i);
            }
        }

        if (mirrors.Count == 0)
        {
            _mirrors.Remove(block);
        }
    }

    /// <summary>The owner of an unmapped device page has it mapped too.</summary>
    private void InvalidateOwners(UnmapTransaction unmap, EffectBuffer effects)
    {
        Message request = unmap.Request;
        foreach (int page in request.Pages)
        {
            PageTableEntry entry = Entry(request.Block.Space, request.Block.Block.Page(page));
            if (entry.Kind == EntryKind.DevicePrivate && !unmap.Invalidated.Contains(OwnerOf(entry)))
            {
                unmap.Invalidated.Add(OwnerOf(entry));
                SendInvalidate(MessageKind.InvalidateStart, OwnerOf(entry), request.Block, request.Pages, unmap.Id, effects);
            }
        }
    }

    private void EndInvalidation(
        BlockKey block, in PageMask pages, TransactionId transaction, List<MemoryId> invalidated, EffectBuffer effects)
    {
        foreach (MemoryId mirror in invalidated)
        {
            SendInvalidate(MessageKind.InvalidateEnd, mirror, block, pages, transaction, effects);
        }
    }

    private void SendInvalidate(
        MessageKind kind, MemoryId mirror, BlockKey block, in PageMask pages, TransactionId transaction, EffectBuffer effects) =>
        effects.Send(new Message
        {
            Kind = kind,
            From = Id,
            To = mirror,
            Block = block,
            Pages = pages,
            Transaction = transaction,
        });

    /// <summary>Starts the CPU's own part of unmapping; returns how many completions to wait for.</summary>
    private int StartCpuWork(TransactionId transaction, BlockKey block, VirtualDuration work, EffectBuffer effects)
    {
        if (work == VirtualDuration.Zero)
        {
            return 0;
        }

        effects.SetTimer(new Message { Kind = MessageKind.CpuUnmapDone, From = Id, To = Id, Block = block, Transaction = transaction }, work);
        return 1;
    }

    private void Subscribe(BlockKey block, MemoryId mirror, in PageMask pages)
    {
        if (pages.IsEmpty)
        {
            return;
        }

        if (!_mirrors.TryGetValue(block, out List<MirrorMapping>? mirrors))
        {
            mirrors = [];
            _mirrors.Add(block, mirrors);
        }

        int at = mirrors.FindIndex(mapping => mapping.Mirror == mirror);
        if (at < 0)
        {
            mirrors.Add(new MirrorMapping(mirror, pages));
        }
        else
        {
            mirrors[at] = mirrors[at] with { Pages = mirrors[at].Pages | pages };
        }
    }

    private void SendFreePages(MemoryId owner, BlockKey block, in PageMask pages, TransactionId request, EffectBuffer effects) =>
        effects.Send(new Message
        {
            Kind = MessageKind.FreePages,
            From = Id,
            To = owner,
            Block = block,
            Pages = pages,
            Transaction = request,
        });
}
