using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>Faults (<c>handle_mm_fault</c>): make an entry permit an access that its area permits.</summary>
public partial class CpuMemory
{
    private int _anonVmaCount;
    private int _populatedPages; // by the fault in work: what its handler's time is counted by

    /// <summary>The touch of a stream's thread; what its area refuses is counted and the thread goes on.</summary>
    internal virtual Verdict CpuFault(in StepContext context, Message message, EffectBuffer effects)
    {
        AddressSpace space = Space(message.Block.Space);
        if (WaitsForLock(space, message))
        {
            return Verdict.Deferred;
        }

        VirtualPageNumber page = message.Block.Block.Page(message.Pages.First);
        FaultOutcome outcome = !Allows(space.Id, page, message.IsWrite)
            ? FaultOutcome.BusError
            : HandleFault(context, space, page, message.IsWrite ? FaultKind.Store : FaultKind.Load, message, effects);
        switch (outcome)
        {
            case FaultOutcome.Waits:
                return Verdict.Deferred;
            case FaultOutcome.BusError:
                effects.Note(NoteKind.AccessViolation, 1);
                effects.Wake(message.Thread, VirtualDuration.Zero);
                return Verdict.Handled;
            default:
                VirtualDuration delay = _populatedPages > 0 ? _spec.PageOverhead : VirtualDuration.Zero;
                effects.Wake(message.Thread, delay);
                effects.Note(NoteKind.CpuFaultTotal, (context.Now + delay - message.ActsAt).Picoseconds);
                return Verdict.Handled;
        }
    }

    /// <summary>Makes one entry permit one kind of access. Whether the area permits it is the caller's question.</summary>
    private FaultOutcome HandleFault(
        in StepContext context, AddressSpace space, VirtualPageNumber page, FaultKind kind, Message waiter, EffectBuffer effects)
    {
        _populatedPages = 0;
        PageTableEntry entry = new(space.Table[page]);
        BlockKey block = new(space.Id, page.Block);
        EntryKind entryKind = KindOf(entry, LockedPages(block), page.IndexInBlock);
        CpuPageEvent touch = entryKind == EntryKind.Present && !Permits(space, page, entry, kind)
            ? CpuPageEvent.WriteProtectedTouch
            : CpuPageEvent.CpuTouch;
        switch (CpuMemoryTable.Decide(entryKind, touch))
        {
            case CpuPageAction.Populate:
                return Populate(context, space, page, kind, waiter, effects);
            case CpuPageAction.Report:
                space.Table[page] = entry.Touched(kind == FaultKind.Store).Raw;
                return FaultOutcome.Done;
            case CpuPageAction.BreakSharing:
                return BreakSharing(space, page, entry, kind, waiter, effects);
            case CpuPageAction.Wait:
                WaitForPage(block, page.IndexInBlock, entry, waiter);
                return FaultOutcome.Waits;
            case CpuPageAction.MigrateToRam:
                return BringBack(context, space, page, OwnerOf(entry), waiter, effects);
            case CpuPageAction.SwapIn:
                SwapIn(space, page, entry, kind);
                return HandleFault(context, space, page, kind, waiter, effects);
            case CpuPageAction.TakeBack:
                return TakeBack(context, space, page, entry, kind, waiter, effects);
            case CpuPageAction.Fail:
                return FaultOutcome.BusError;
            default:
                throw Impossible($"{entry} meets {touch}", waiter);
        }
    }

    /// <summary>A private page of a device: its owner brings it back, whoever touched it, a CPU or another device.</summary>
    internal virtual FaultOutcome BringBack(
        in StepContext context, AddressSpace space, VirtualPageNumber page, MemoryId owner, Message waiter, EffectBuffer effects)
    {
        MigrationCause cause = waiter.Kind == MessageKind.RangeFault ? MigrationCause.DeviceFault : MigrationCause.CpuFault;
        StartMigrateToRam(context, new BlockKey(space.Id, page.Block), cause, owner, FolioOf(space, page), waiter, effects);
        return FaultOutcome.Waits;
    }

    private bool Permits(AddressSpace space, VirtualPageNumber page, PageTableEntry entry, FaultKind kind) => kind switch
    {
        FaultKind.Load => true,
        FaultKind.Store => entry.IsWritable,
        FaultKind.Unshare => entry.IsWritable || space.Areas.Find(page)!.IsShared
            || (!entry.IsZeroPage && RecordOf(entry.Frame) is null or { IsFilePage: false, IsExclusive: true }),
    };

    private FaultOutcome Populate(
        in StepContext context, AddressSpace space, VirtualPageNumber page, FaultKind kind, Message waiter, EffectBuffer effects)
    {
        Vma area = space.Areas.Find(page)!;
        if (CanPopulateHuge(space, area, page.Block))
        {
            if (TryPopulateHuge(space, area, page.Block, kind == FaultKind.Store))
            {
                return kind == FaultKind.Unshare ? HandleFault(context, space, page, kind, waiter, effects) : FaultOutcome.Done;
            }

            if (area.Backing == AreaBacking.HugeTlb)
            {
                return FaultOutcome.BusError; // no huge page is left
            }
        }

        if (!area.IsAnonymous)
        {
            FaultOutcome outcome = PopulateFromFile(space, area, page, kind, mayRetry: waiter.Kind != MessageKind.RangeFault);
            return outcome == FaultOutcome.Done && kind == FaultKind.Unshare
                ? HandleFault(context, space, page, kind, waiter, effects)
                : outcome;
        }

        if (kind == FaultKind.Store)
        {
            PageFrameNumber frame = NewAnonymousPage(space, area, page);
            space.Table[page] = PageTableEntry.Present(frame, area.IsWritable).Touched(write: true).Raw;
            if (page.IndexInBlock == VirtualBlockNumber.Pages - 1)
            {
                space.Table.Collapse(page.Block); // a sequential first touch has just filled the block
            }

            return FaultOutcome.Done;
        }

        _populatedPages++;
        space.Table[page] = PageTableEntry.Present(PageFrameNumber.ZeroPage, writable: false).Touched(write: false).Raw;
        return kind == FaultKind.Unshare ? HandleFault(context, space, page, kind, waiter, effects) : FaultOutcome.Done;
    }

    /// <summary>A zeroed frame for the address space alone (<c>anon_vma_prepare</c>, <c>folio_add_new_anon_rmap</c>).</summary>
    private PageFrameNumber NewAnonymousPage(AddressSpace space, Vma area, VirtualPageNumber page)
    {
        PrepareAnonVma(space, area);
        _populatedPages++;
        return AllocateRam(space.Id, page);
    }

    internal virtual void PrepareAnonVma(AddressSpace space, Vma area)
    {
        if (area.AnonVma != 0)
        {
            return;
        }

        (Vma? previous, Vma? next) = space.Areas.NeighboursOf(area);
        int shared = next is not null && area.CanShareAnonVmaOf(next) ? next.AnonVma
            : previous is not null && area.CanShareAnonVmaOf(previous) ? previous.AnonVma
            : ++_anonVmaCount;
        space.Areas.Replace(area, area with { AnonVma = shared });
    }

    /// <summary>Locks pages of one owner and asks it to bring them back; who needs them waits in the transaction.</summary>
    private void StartMigrateToRam(
        in StepContext context, BlockKey block, MigrationCause cause, MemoryId owner, in PageMask pages, Message? waiter, EffectBuffer effects)
    {
        AddressSpace space = Space(block.Space);
        PageMask free = pages;
        foreach (int page in pages)
        {
            if (RecordOf(new PageTableEntry(space.Table[block.Block.Page(page)]).Frame) is { } record
                && BusyAlias(record, block.Space) is { } busy)
            {
                free.Remove(page);
                if (free.IsEmpty && waiter is not null)
                {
                    busy.LockWaiters.Enqueue(waiter);
                }
            }
        }

        if (free.IsEmpty)
        {
            return;
        }

        MigrationTransaction migration = Open(context, new MigrationTransaction
        {
            Id = NextTransaction(),
            Block = block,
            Cause = cause,
            Initiator = Id,
            Request = default,
            Destination = Id,
            Phase = MigrationPhase.AwaitingOwner,
            Locked = free,
        });
        foreach (int page in free)
        {
            LockShared(migration, page, new PageTableEntry(space.Table[block.Block.Page(page)]).Frame);
        }

        if (waiter is not null)
        {
            migration.Waiters.Add(waiter);
        }

        effects.Send(new Message
        {
            Kind = MessageKind.MigrateToRam,
            From = Id,
            To = owner,
            Block = block,
            Pages = free,
            Transaction = migration.Id,
        });
    }

    private AddressSpace? BusyAlias(PageRecord record, AddressSpaceId except)
    {
        foreach (PageAddress mapping in record.Mappings)
        {
            if (mapping.Space != except && Space(mapping.Space) is { IsWriteLocked: true } space)
            {
                return space;
            }
        }

        return null;
    }
}
