using System.Runtime.InteropServices;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Steps;

namespace HmmSim.Protocol;

/// <summary>Migration phase 1, collect: choose pages, lock them, replace their entries by migration entries (<c>migrate_vma_collect</c>).</summary>
public partial class CpuMemory
{
    private Verdict MigrateVma(in StepContext context, Message message, EffectBuffer effects)
    {
        AddressSpace space = Space(message.Block.Space);
        bool continues = _migrations.TryGetValue(message.Transaction, out MigrationTransaction? migration);
        if (!continues && WaitsForLock(space, message))
        {
            return Verdict.Deferred;
        }

        if (!continues && message.Cause != MigrationCause.Eviction && !message.IsRange && FirstBusy(message) is { } waiters)
        {
            waiters.Add(message);
            return Verdict.Deferred;
        }

        PageMask pages = message.Pages;
        if (message.IsRange && !TryLimitToArea(space, message, ref pages, effects))
        {
            return Verdict.Handled;
        }

        migration ??= Open(context, new MigrationTransaction
        {
            Id = NextTransaction(),
            Block = message.Block,
            Cause = message.Cause,
            Initiator = message.From,
            Request = message.Transaction,
            Destination = message.Destination,
            IsRange = message.IsRange,
        });
        migration.Range = pages;
        Collect(context, message, migration);
        BeginUnmap(context, migration, message, effects);
        return Verdict.Handled;
    }

    /// <summary>One area and one only (<c>migrate_vma_setup</c>): the range ends where it ends.</summary>
    private bool TryLimitToArea(AddressSpace space, Message message, ref PageMask pages, EffectBuffer effects)
    {
        VirtualPageNumber first = message.Block.Block.Page(pages.First);
        if (space.IsAlive && space.Areas.Find(first) is { IsReadable: true, IsMigratable: true } area)
        {
            if (area.End.Block == first.Block)
            {
                pages &= PageMask.Range(0, area.End.IndexInBlock);
            }

            return true;
        }

        effects.Send(new Message
        {
            Kind = MessageKind.MigrateFinalize,
            From = Id,
            To = message.From,
            Block = message.Block,
            Transaction = message.Transaction,
            IsRange = true,
            Error = Errno.EINVAL,
        });
        return false;
    }

    /// <summary>Where a request waits that touches a page which another transaction has locked; null if none of them is.</summary>
    private List<Message>? FirstBusy(Message message)
    {
        foreach (int page in message.Subset)
        {
            PageTableEntry entry = Entry(message.Block.Space, message.Block.Block.Page(page));
            if (LockedPages(message.Block).Contains(page))
            {
                return ActivityOf(message.Block)!.WaitersOf(page);
            }

            if (IsFrameLocked(entry))
            {
                return _lockedFrames[entry.Frame].Waiters;
            }
        }

        return null;
    }

    private void Collect(in StepContext context, Message message, MigrationTransaction migration)
    {
        BlockKey block = message.Block;
        AddressSpace space = Space(block.Space);
        PageMask lockedByOthers = LockedPages(block) - migration.Locked;
        PageMask collected = default;
        PageMask holes = default;
        bool toRam = message.Destination == Id;
        PageTable<CpuEntryLayout>.BlockEntries entries = space.Table.Entries(block.Block);
        bool isEviction = message.Cause == MigrationCause.Eviction;
        bool mayFail = message.AllocationFails;
        migration.IsCompound = IsCompound(space, block.Block, migration.Range) && !mayFail;
        foreach (int page in migration.Range)
        {
            PageTableEntry entry = new(entries[page]);
            if (message.IsRange && !toRam && !message.Subset.Contains(page))
            {
                continue; // the device had no frame for it
            }

            if (mayFail && migration.Range != PageMask.All && entry.Kind != EntryKind.None)
            {
                mayFail = false; // the driver had no page for it
                continue;
            }

            if (isEviction && (!NamesFrame(entry) || entry.Frame != message.Frames[page]))
            {
                CollectMoved(migration, page, message.Frames[page]);
                continue;
            }

            CpuPageEvent collect = CollectEvent(entry, message, toRam);
            EntryKind kind = lockedByOthers.Contains(page) || IsLockedByOther(entry, migration) ? EntryKind.Migration : entry.Kind;
            switch (CpuMemoryTable.Decide(kind, collect))
            {
                case CpuPageAction.Skip or CpuPageAction.Wait:
                    break;
                case CpuPageAction.CollectHole:
                    if (IsHole(space, block.Block.Page(page)))
                    {
                        holes.Add(page);
                    }

                    break;
                case CpuPageAction.Collect when entry.IsZeroPage:
                    holes.Add(page);
                    break;
                case CpuPageAction.CollectLeaking:
                    OpenRecord(entry.Frame, new PageAddress(block.Space, block.Block.Page(page))).LeakedReferences++;
                    goto case CpuPageAction.Collect;
                case CpuPageAction.Collect:
                    if (TryLockShared(migration, page, entry.Frame))
                    {
                        collected.Add(page);
                        AddTo(migration.Sources, OwnerOf(entry), page);
                        entries[page] = MigrationEntryOf(entry).Raw;
                    }

                    break;
                default:
                    throw Impossible($"{entry} meets {collect}", message);
            }
        }

        space.Table.Collapse(block.Block);
        migration.Locked = collected;
        migration.Holes = holes;
        migration.Touched = message.Subset;
        migration.Phase = MigrationPhase.Unmapping;
        migration.PhaseBegan = context.Now;
        PageMask arriving = collected | migration.Detached;
        migration.Frames = toRam && !arriving.IsEmpty ? AllocateRam(block, arriving) : message.Frames;
    }

    /// <summary>Whether a device may fill an empty entry.</summary>
    internal virtual bool IsHole(AddressSpace space, VirtualPageNumber address) => space.Areas.Find(address) is { IsAnonymous: true };

    /// <summary>An evicted page that is mapped elsewhere than where it was allocated: only the reverse mapping finds it.</summary>
    private void CollectMoved(MigrationTransaction migration, int page, PageFrameNumber frame)
    {
        if (RecordOf(frame) is { Mappings.Count: > 0 } && !_lockedFrames.ContainsKey(frame) && TryLockShared(migration, page, frame))
        {
            PageMask detached = migration.Detached;
            detached.Add(page);
            migration.Detached = detached;
            AddTo(migration.Sources, OwnerOf(frame), page);
        }
    }

    private CpuPageEvent CollectEvent(PageTableEntry entry, Message message, bool toRam)
    {
        bool isDevices = entry.Kind == EntryKind.DevicePrivate
            || (entry is { IsPresent: true, IsZeroPage: false } && !Ram.Owns(entry.Frame));
        bool isOwn = isDevices && OwnerOf(entry) == message.From;
        if (message.Cause == MigrationCause.Eviction && entry.Kind == EntryKind.DeviceExclusive)
        {
            return CpuPageEvent.EvictExclusive;
        }

        if (toRam)
        {
            bool isAsked = isOwn || (message.From == Id && isDevices);
            return isAsked ? CpuPageEvent.CollectForRam : CpuPageEvent.CollectForRamElsewhere;
        }

        return !isDevices ? CpuPageEvent.CollectForDevice
            : isOwn || message.IsRange || (entry.IsPresent && !IsRemoteRam(message.From)) ? CpuPageEvent.CollectUnselected
            : CpuPageEvent.CollectFromDevice;
    }

    /// <summary>Another host's CPU reaches no device memory of this host, coherent or not, so it has to take it.</summary>
    private bool IsRemoteRam(MemoryId memory) => _layout.Memories[memory].Type == Topology.MemoryType.RemoteRam;

    /// <summary>What stands for a page while it moves: it keeps permission, exclusivity, age and dirtiness.</summary>
    internal virtual PageTableEntry MigrationEntryOf(PageTableEntry entry)
    {
        SwapEntryType type = entry.IsWritable ? SwapEntryType.MigrationWrite
            : IsExclusive(entry.Frame) ? SwapEntryType.MigrationReadExclusive
            : SwapEntryType.MigrationRead;
        return PageTableEntry.Migration(type, entry.Frame, entry.IsAccessed, entry.IsDirty);
    }

    private bool IsLockedByOther(PageTableEntry entry, MigrationTransaction migration) =>
        _lockedFrames.Count > 0 && NamesFrame(entry)
        && _lockedFrames.TryGetValue(entry.Frame, out MigrationTransaction? holder) && holder != migration;

    /// <summary>
    /// Locks a page with all its mappings, and unmaps the others from their page tables (<c>try_to_migrate</c>). False if one of them is
    /// busy, or the page is pinned: then it stays.
    /// </summary>
    private bool TryLockShared(MigrationTransaction migration, int page, PageFrameNumber frame)
    {
        if (RecordOf(frame) is not { } record)
        {
            return true;
        }

        if (record is { IsExclusive: true, PinCount: > 0 } && !record.IsFilePage)
        {
            return false;
        }

        PageAddress here = new(migration.Block.Space, migration.Block.Block.Page(page));
        foreach (PageAddress mapping in record.Mappings)
        {
            bool isBusy = mapping != here
                && (Space(mapping.Space).IsWriteLocked || (ActivityOf(mapping.Block)?.WaitersOf(mapping.Page.IndexInBlock) is not null));
            if (isBusy)
            {
                return false;
            }
        }

        LockShared(migration, page, frame);
        foreach (PageAddress mapping in record.Mappings)
        {
            if (mapping != here)
            {
                PageTable<CpuEntryLayout> table = Space(mapping.Space).Table;
                table[mapping.Page] = MigrationEntryOf(new PageTableEntry(table[mapping.Page])).Raw;
            }
        }

        return true;
    }

    /// <summary>Locks a page that has a record by its frame, so that it is locked under all its addresses.</summary>
    private void LockShared(MigrationTransaction migration, int page, PageFrameNumber frame)
    {
        if (RecordOf(frame) is not { } record || !_lockedFrames.TryAdd(frame, migration))
        {
            return;
        }

        migration.Shared.Add((page, frame));
        foreach (PageAddress mapping in record.Mappings)
        {
            if (mapping.Space != migration.Block.Space)
            {
                BeginTransactionIn(Space(mapping.Space));
                migration.OtherSpaces.Add(mapping.Space);
            }
        }
    }

    private MigrationTransaction Open(in StepContext context, MigrationTransaction migration)
    {
        migration.PhaseBegan = context.Now;
        OpenActivity(migration.Block).Migrations.Add(migration);
        _migrations.Add(migration.Id, migration);
        BeginTransactionIn(Space(migration.Block.Space));
        return migration;
    }

    private static void AddTo(List<(MemoryId Memory, PageMask Pages)> groups, MemoryId memory, int page)
    {
        foreach (ref (MemoryId Memory, PageMask Pages) group in CollectionsMarshal.AsSpan(groups))
        {
            if (group.Memory == memory)
            {
                group.Pages.Add(page);
                return;
            }
        }

        groups.Add((memory, PageMask.Of(page)));
    }
}
