using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol;

/// <summary>
/// Migration phases 4 and 5: migrate pages (decide which collected pages really move) and finalize (replace the migration
/// entries, restore those that did not move, tell source and destination, let waiters go on).
/// </summary>
public sealed partial class CpuMemory
{
    private void MigratePages(MigrationTransaction migration, Message cause, EffectBuffer effects)
    {
        PageTable<CpuEntryLayout> table = Table(migration.Block.Space);
        PageMask moved = default;
        PageMask inserted = default;
        Span<ulong> entries = table.Split(migration.Block.Block);
        foreach (int page in migration.Holes)
        {
            PageTableEntry entry = new(entries[page]);
            if (CpuMemoryTable.Decide(KindOf(entry, default, page), CpuPageEvent.FillHole) == CpuPageAction.Insert)
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

            // folio_migrate_mapping wants the exact count: the migration's own reference and nobody else's.
            if (!Ram.Owns(entry.Frame) || Ram.References(entry.Frame) == 1)
            {
                moved.Add(page);
            }
        }

        FinalizeMigration(migration, moved, inserted, entries, effects);
        table.Collapse(migration.Block.Block);
        CloseMigration(migration);
    }

    private void FinalizeMigration(
        MigrationTransaction migration, in PageMask moved, in PageMask inserted, Span<ulong> entries, EffectBuffer effects)
    {
        bool toRam = migration.Destination == Id;
        _ = MappedPages(migration.Block, out bool isWritable);
        PageMask writable = isWritable ? inserted : default;
        foreach (int page in inserted)
        {
            entries[page] = PageTableEntry.DevicePrivate(migration.Frames[page], isWritable).Raw;
        }

        foreach (int page in migration.Locked)
        {
            PageTableEntry entry = new(entries[page]);
            bool moves = moved.Contains(page);
            if (moves && entry.IsWritable)
            {
                writable.Add(page);
            }

            entries[page] = Finalized(entry, moves, toRam, migration.Frames[page]).Raw;
            if (moves ? Ram.Owns(entry.Frame) : toRam)
            {
                Ram.Put(moves ? entry.Frame : migration.Frames[page]);
            }
        }

        foreach (int page in migration.Staged)
        {
            Ram.Put(migration.StagingFrames[page]);
        }

        if (!toRam)
        {
            effects.Send(new Message
            {
                Kind = MessageKind.MigrateFinalize,
                From = Id,
                To = migration.Destination,
                Block = migration.Block,
                Pages = moved | inserted,
                Subset = writable,
                Transaction = migration.Request,
            });
        }

        TellSources(migration, moved, effects);
        CountPages(migration, moved, inserted, effects);
    }

    private PageTableEntry Finalized(PageTableEntry entry, bool moves, bool toRam, PageFrameNumber target)
    {
        bool present = moves ? toRam : Ram.Owns(entry.Frame);
        PageFrameNumber frame = moves ? target : entry.Frame;
        return present
            ? PageTableEntry.Present(frame, entry.IsWritable, entry.IsAccessed, entry.IsDirty)
            : PageTableEntry.DevicePrivate(frame, entry.IsWritable);
    }

    private void TellSources(MigrationTransaction migration, in PageMask moved, EffectBuffer effects)
    {
        bool answersInitiator = migration.Destination != Id || migration.Initiator == Id;
        foreach ((MemoryId source, PageMask pages) in migration.Sources)
        {
            PageMask free = pages & moved;
            if (source != Id && !free.IsEmpty)
            {
                bool answers = source == migration.Initiator;
                answersInitiator |= answers;
                SendFreePages(source, migration.Block, free, answers ? migration.Request : default, effects);
            }
        }

        if (!answersInitiator)
        {
            SendFreePages(migration.Initiator, migration.Block, default, migration.Request, effects);
        }
    }

    private void CountPages(MigrationTransaction migration, in PageMask moved, in PageMask inserted, EffectBuffer effects)
    {
        foreach ((MemoryId source, PageMask pages) in migration.Sources)
        {
            MigrationDirection direction = DirectionOf(_layout.Memories[source].Type, _layout.Memories[migration.Destination].Type);
            Count(effects, migration, direction, pages & moved);
        }

        Count(effects, migration, MigrationDirection.Populated, inserted);
        int left = migration.Locked.Count + migration.Holes.Count - moved.Count - inserted.Count;
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

    private static MigrationDirection DirectionOf(MemoryType source, MemoryType destination) => source switch
    {
        MemoryType.Ram => destination == MemoryType.RemoteRam ? MigrationDirection.HostToHost : MigrationDirection.HostToDevice,
        MemoryType.RemoteRam => destination == MemoryType.DevicePrivate ? MigrationDirection.DeviceToRemoteHost : MigrationDirection.HostToHost,
        MemoryType.DevicePrivate => destination switch
        {
            MemoryType.Ram => MigrationDirection.DeviceToHost,
            MemoryType.RemoteRam => MigrationDirection.DeviceToRemoteHost,
            MemoryType.DevicePrivate => MigrationDirection.DeviceToDevice,
        },
    };

    private void CloseMigration(MigrationTransaction migration)
    {
        migration.Phase = MigrationPhase.Done;
        _migrations.Remove(migration.Id);
        ActivityOf(migration.Block)!.Migrations.Remove(migration);
        CloseActivity(migration.Block, migration.Waiters);
    }

    private void CloseActivity(BlockKey block, List<Message> waiters)
    {
        if (ActivityOf(block)!.IsIdle)
        {
            _activity.Remove(block);
        }

        foreach (Message waiter in waiters)
        {
            _woken.Enqueue(waiter);
        }
    }
}
