using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>Migration phase 1, collect: choose pages, lock them, replace their entries by migration entries (<c>migrate_vma_collect</c>).</summary>
public sealed partial class CpuMemory
{
    private Verdict MigrateVma(in StepContext context, Message message, EffectBuffer effects)
    {
        if (WaitsForUnmap(message))
        {
            return Verdict.Deferred;
        }

        if (message.Destination != Id && FirstBusy(message) is { } waiters)
        {
            waiters.Add(message);
            return Verdict.Deferred;
        }

        bool continues = _migrations.TryGetValue(message.Transaction, out MigrationTransaction? migration);
        if (!continues)
        {
            migration = Open(context, new MigrationTransaction
            {
                Id = NextTransaction(),
                Block = message.Block,
                Cause = message.Cause,
                Initiator = message.From,
                Request = message.Transaction,
                Destination = message.Destination,
            });
        }

        Collect(context, message, migration!);
        BeginUnmap(context, migration!, message, effects);
        return Verdict.Handled;
    }

    /// <summary>Where a request waits that touches a page which another migration has locked; null if none of them is.</summary>
    private List<Message>? FirstBusy(Message message)
    {
        if (ActivityOf(message.Block) is not { } activity)
        {
            return null;
        }

        int page = (message.Subset & activity.Locked).First;
        return page < VirtualBlockNumber.Pages ? activity.WaitersOf(page) : null;
    }

    private void Collect(in StepContext context, Message message, MigrationTransaction migration)
    {
        BlockKey block = message.Block;
        PageTable<CpuEntryLayout> table = Table(block.Space);
        PageMask lockedByOthers = ActivityOf(block)!.Locked - migration.Locked;
        PageMask collected = default;
        PageMask holes = default;
        bool toRam = message.Destination == Id;
        Span<ulong> entries = table.Split(block.Block);
        PageMask pages = message.Pages & MappedPages(block, out _);
        foreach (int page in pages)
        {
            PageTableEntry entry = new(entries[page]);
            CpuPageEvent collect = CollectEvent(entry, message, toRam);
            switch (CpuMemoryTable.Decide(KindOf(entry, lockedByOthers, page), collect))
            {
                case CpuPageAction.Skip or CpuPageAction.Wait:
                    break;
                case CpuPageAction.CollectHole:
                    holes.Add(page);
                    break;
                case CpuPageAction.Collect:
                    collected.Add(page);
                    AddTo(migration.Sources, OwnerOf(entry), page);
                    entries[page] = PageTableEntry.Migration(
                        entry.IsWritable ? SwapEntryType.MigrationWrite : SwapEntryType.MigrationReadExclusive,
                        entry.Frame,
                        entry.IsAccessed,
                        entry.IsDirty).Raw;
                    break;
                default:
                    throw Impossible($"{entry} meets {collect}", message);
            }
        }

        table.Collapse(block.Block);
        migration.Locked = collected;
        migration.Holes = holes;
        migration.Touched = message.Subset;
        migration.Phase = MigrationPhase.Unmapping;
        migration.PhaseBegan = context.Now;
        migration.Frames = toRam && !collected.IsEmpty ? AllocateRam(block, collected) : message.Frames;
    }

    private CpuPageEvent CollectEvent(PageTableEntry entry, Message message, bool toRam)
    {
        bool isOwn = entry.Kind == EntryKind.DevicePrivate && OwnerOf(entry) == message.From;
        if (!toRam)
        {
            return isOwn ? CpuPageEvent.CollectForOwner : CpuPageEvent.CollectForDevice;
        }

        return isOwn || entry.Kind != EntryKind.DevicePrivate ? CpuPageEvent.CollectForRam : CpuPageEvent.CollectForRamElsewhere;
    }

    private MigrationTransaction Open(in StepContext context, MigrationTransaction migration)
    {
        migration.PhaseBegan = context.Now;
        OpenActivity(migration.Block).Migrations.Add(migration);
        _migrations.Add(migration.Id, migration);
        return migration;
    }
}
