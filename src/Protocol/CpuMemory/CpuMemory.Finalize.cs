using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol;

/// <summary>
/// Migration phases 4 and 5: migrate pages (decide which collected pages really move) and finalize (replace the migration
/// entries, restore those that did not move, tell source and destination, let waiters go on).
/// </summary>
public partial class CpuMemory
{
    /// <summary>Frames of other memories that lost their last mapping in this step, to be told to their owners at its end.</summary>
    private readonly List<(PageFrameNumber Frame, PageAddress Mapping)> _freed = [];

    private protected void MigratePages(MigrationTransaction migration, Message cause, EffectBuffer effects)
    {
        AddressSpace space = Space(migration.Block.Space);
        PageMask moved = default;
        PageMask inserted = default;
        PageTable<CpuEntryLayout>.BlockEntries entries = space.Table.Entries(migration.Block.Block);
        foreach (int page in migration.Holes)
        {
            PageTableEntry entry = new(entries[page]);
            if (IsStillHole(migration.Block, page, entry))
            {
                inserted.Add(page);
            }
        }

        foreach (int page in migration.Locked)
        {
            PageTableEntry entry = new(entries[page]);
            if (CpuMemoryTable.Decide(entry.Kind, CpuPageEvent.MovePage) != CpuPageAction.Move)
            {
                throw Impossible($"{entry} of page {page} meets MovePage in {migration}", cause);
            }

            if (CanMove(migration, entry.Frame))
            {
                moved.Add(page);
            }
        }

        foreach (int page in migration.Detached)
        {
            if (CanMove(migration, migration.FrameOfShared(page)))
            {
                moved.Add(page);
            }
        }

        FinalizeMigration(migration, space, moved, inserted, entries, effects);
        space.Table.Collapse(migration.Block.Block);
        FinalizeHuge(space, migration, moved | inserted);
        CloseMigration(migration, space);
    }

    /// <summary>Whether nothing has come into a hole since it was collected: a touch may have won (<c>migrate_vma_insert_page</c>).</summary>
    internal virtual bool IsStillHole(BlockKey block, int page, PageTableEntry entry)
    {
        EntryKind kind = entry.IsZeroPage ? EntryKind.None : KindOf(entry, default, page);
        return CpuMemoryTable.Decide(kind, CpuPageEvent.FillHole) == CpuPageAction.Insert && !IsFaulting(block, page);
    }

    private bool IsFaulting(BlockKey block, int page) =>
        ActivityOf(block)!.Faults.Exists(fault => fault.Address.Page.IndexInBlock == page);

    /// <summary>
    /// <c>folio_migrate_mapping</c> wants the exact count: those who map the page and nobody else. A page of a file, or one whose swap
    /// slot has other users, does not go to a device.
    /// </summary>
    internal virtual bool CanMove(MigrationTransaction migration, PageFrameNumber frame)
    {
        PageRecord? record = RecordOf(frame);
        if (migration.Destination != Id && record is { IsFilePage: true })
        {
            return false;
        }

        if (record is { SwapSlot: >= 0 } && !TryFreeSwap(frame, record))
        {
            return false;
        }

        return ReferencesOf(frame, record) == ExpectedReferences(record);
    }

    private void FinalizeMigration(
        MigrationTransaction migration,
        AddressSpace space,
        in PageMask moved,
        in PageMask inserted,
        PageTable<CpuEntryLayout>.BlockEntries entries,
        EffectBuffer effects)
    {
        bool toRam = migration.Destination == Id;
        _ = space.MappedPages(migration.Block.Block, out PageMask permitted);
        PageMask writable = inserted & permitted;
        UnsubscribeAll(migration.Block, inserted);
        foreach (int page in inserted)
        {
            PrepareAnonVma(space, space.Areas.Find(migration.Block.Block.Page(page))!);
            entries[page] = Inserted(migration.Frames[page], writable.Contains(page)).Raw;
        }

        foreach (int page in migration.Locked)
        {
            PageTableEntry entry = new(entries[page]);
            bool moves = moved.Contains(page);
            if (moves && entry.IsWritable)
            {
                writable.Add(page);
            }

            entries[page] = Finalized(entry, moves ? migration.Frames[page] : entry.Frame).Raw;
            FinalizeShared(migration, page, entry.Frame, moves);
        }

        foreach (int page in migration.Detached)
        {
            FinalizeShared(migration, page, migration.FrameOfShared(page), moved.Contains(page));
        }

        foreach (int page in migration.Staged)
        {
            Ram.Put(migration.StagingFrames[page]);
        }

        if (!toRam)
        {
            if (IsAddressable(migration.Destination) && !space.Mirrors.Contains(migration.Destination))
            {
                Subscribe(migration.Block, migration.Destination, moved | inserted); // its own pages are present, and may change under it
            }

            effects.Send(new Message
            {
                Kind = MessageKind.MigrateFinalize,
                From = Id,
                To = migration.Destination,
                Block = migration.Block,
                Pages = moved | inserted,
                Subset = writable,
                Transaction = migration.Request,
                IsRange = migration.IsRange,
                CoveredPages = migration.Range.Count,
            });
        }

        TellSources(migration, moved, effects);
        CountPages(migration, moved, inserted, effects);
    }

    /// <summary>Gives all other mappings of a page its final frame, and every reference with them; frees the frame that lost.</summary>
    private void FinalizeShared(MigrationTransaction migration, int page, PageFrameNumber source, bool moves)
    {
        PageFrameNumber target = migration.Frames[page];
        bool toRam = migration.Destination == Id;
        PageRecord? record = RecordOf(source);
        if (record is null)
        {
            if (moves)
            {
                PutSource(source);
            }
            else if (toRam)
            {
                Ram.Put(target);
            }

            return;
        }

        PageAddress here = new(migration.Block.Space, migration.Block.Block.Page(page));
        bool isDetached = migration.Detached.Contains(page);
        foreach (PageAddress mapping in record.Mappings)
        {
            if (mapping != here || isDetached)
            {
                PageTable<CpuEntryLayout> table = Space(mapping.Space).Table;
                PageTableEntry entry = new(table[mapping.Page]);
                table[mapping.Page] = Finalized(entry, moves ? target : source).Raw;
                table.Collapse(mapping.Page.Block);
            }
        }

        if (!moves)
        {
            if (toRam)
            {
                Ram.Put(target);
            }

            return;
        }

        for (int i = 0; i < record.Mappings.Count; i++)
        {
            if (toRam && i > 0)
            {
                Ram.Get(target);
            }

            PutSource(source);
        }

        _pages.Remove(source);
        record.IsMoved = !toRam && (isDetached || !record.Mappings.Contains(here));
        record.IsLazyFree = false;
        if (record is not { IsExclusive: true, Mappings.Count: 1, IsMoved: false, PinCount: 0 })
        {
            _pages.Add(target, record);
        }
    }

    /// <summary>A page has moved, and one mapping of its old frame is gone; a device is told of its own frames.</summary>
    internal virtual void PutSource(PageFrameNumber source)
    {
        if (Ram.Owns(source))
        {
            Ram.Put(source);
        }
    }

    /// <summary>The entry for a page that a device has made for a hole.</summary>
    internal virtual PageTableEntry Inserted(PageFrameNumber frame, bool writable) => Located(frame, writable, accessed: false, dirty: writable);

    private PageTableEntry Finalized(PageTableEntry migrationEntry, PageFrameNumber frame) =>
        Located(frame, migrationEntry.IsWritable, migrationEntry.IsAccessed, migrationEntry.IsDirty);

    /// <summary>The entry for a page in a frame: present where this CPU addresses the memory, else the special swap entry.</summary>
    private PageTableEntry Located(PageFrameNumber frame, bool writable, bool accessed, bool dirty) => IsAddressable(OwnerOf(frame))
        ? PageTableEntry.Present(frame, writable, accessed, dirty)
        : PageTableEntry.DevicePrivate(frame, writable);

    private void TellSources(MigrationTransaction migration, in PageMask moved, EffectBuffer effects)
    {
        bool answersInitiator = migration.Destination != Id || migration.Initiator == Id;
        foreach ((MemoryId source, PageMask pages) in migration.Sources)
        {
            PageMask free = pages & moved;
            if (source != Id && !free.IsEmpty)
            {
                bool answers = source == migration.Initiator && migration.Destination == Id;
                answersInitiator |= answers;
                SendFreePages(source, migration, free, answers, effects);
            }
        }

        if (!answersInitiator)
        {
            SendFreePages(migration.Initiator, migration, default, answers: true, effects);
        }
    }

    private void SendFreePages(MemoryId owner, MigrationTransaction migration, in PageMask pages, bool answers, EffectBuffer effects) =>
        effects.Send(new Message
        {
            Kind = MessageKind.FreePages,
            From = Id,
            To = owner,
            Block = migration.Block,
            Pages = pages,
            Frames = migration.SourceFrames,
            Transaction = answers ? migration.Request : default,
            IsRange = migration.IsRange,
            CoveredPages = migration.Range.Count,
        });

    private void CountPages(MigrationTransaction migration, in PageMask moved, in PageMask inserted, EffectBuffer effects)
    {
        foreach ((MemoryId source, PageMask pages) in migration.Sources)
        {
            MigrationDirection direction = MigrationDirections.Of(
                _layout.Memories[source].Type, _layout.Memories[migration.Destination].Type);
            Count(effects, migration, direction, pages & moved);
        }

        Count(effects, migration, MigrationDirection.Populated, inserted);
        int left = migration.Pages.Count + migration.Holes.Count - moved.Count - inserted.Count;
        if (left > 0)
        {
            effects.Note(NoteKind.PagesNotMigrated, left);
        }
    }

    private static void Count(EffectBuffer effects, MigrationTransaction migration, MigrationDirection direction, in PageMask pages)
    {
        int along = migration.Cause == MigrationCause.Eviction ? 0 : (pages - migration.Touched).Count;
        Count(effects, new MigrationNote(migration.Cause, direction), pages.Count - along);
        Count(effects, new MigrationNote(MigrationCause.Prefetch, direction), along);
    }

    private static void Count(EffectBuffer effects, MigrationNote note, int pages)
    {
        if (pages > 0)
        {
            effects.Note(NoteKind.PagesMigrated, pages, note.Pack());
        }
    }

    private void CloseMigration(MigrationTransaction migration, AddressSpace space)
    {
        migration.Phase = MigrationPhase.Done;
        _migrations.Remove(migration.Id);
        ActivityOf(migration.Block)!.Migrations.Remove(migration);
        CloseActivityIfIdle(migration.Block);
        foreach ((_, PageFrameNumber frame) in migration.Shared)
        {
            _lockedFrames.Remove(frame);
        }

        WakeWaiters(migration);
        EndTransactions(migration, space);
    }

    /// <summary>Lets go of every address space in which pages were locked.</summary>
    internal virtual void EndTransactions(MigrationTransaction migration, AddressSpace space)
    {
        EndTransactionIn(space);
        foreach (AddressSpaceId other in migration.OtherSpaces)
        {
            EndTransactionIn(Space(other));
        }
    }

    private protected void FreeAtOwner(PageFrameNumber frame, PageAddress mapping) => _freed.Add((frame, mapping));

    /// <summary>Tells the owners of freed frames, a message for each owner and block.</summary>
    private void TellOwners(EffectBuffer effects)
    {
        while (_freed.Count > 0)
        {
            MemoryId owner = OwnerOf(_freed[0].Frame);
            BlockKey block = _freed[0].Mapping.Block;
            PageMask pages = default;
            var frames = new PageFramesBuilder();
            foreach ((PageFrameNumber frame, PageAddress mapping) in _freed.OrderBy(freed => freed.Mapping.Page).ToList())
            {
                int page = mapping.Page.IndexInBlock;
                if (mapping.Block == block && OwnerOf(frame) == owner && !pages.Contains(page))
                {
                    pages.Add(page);
                    frames.Add(page, frame);
                    _freed.Remove((frame, mapping));
                }
            }

            effects.Send(new Message
            {
                Kind = MessageKind.FreePages,
                From = Id,
                To = owner,
                Block = block,
                Pages = pages,
                Frames = frames.Build(),
            });
        }
    }
}
