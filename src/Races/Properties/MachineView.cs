using System.Collections.Immutable;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Properties;

/// <summary>What the properties need of one machine in one state.</summary>
internal sealed record MachineView
{
    /// <summary>Pages that a home knows; empty for a device.</summary>
    public ImmutableArray<CpuPageView> CpuPages { get; private init; } = [];

    /// <summary>Pages that a device maps; empty for a home.</summary>
    public ImmutableArray<DevicePageView> DevicePages { get; private init; } = [];

    /// <summary>First frame of the memory.</summary>
    public PageFrameNumber FirstFrame { get; private init; }

    /// <summary>References of each frame; 0 for a free one.</summary>
    public ImmutableArray<int> References { get; private init; }

    /// <summary>Values of each frame.</summary>
    public ImmutableArray<ulong> Values { get; private init; }

    /// <summary>Migrations under way at a home, by number.</summary>
    public ImmutableArray<MigrationTransaction> Migrations { get; private init; } = [];

    /// <summary>Address spaces in which a transaction or a call is under way, or that a writer has locked.</summary>
    public ImmutableArray<int> BusySpaces { get; private init; } = [];

    /// <summary>References beyond those that entries, caches and pins account for while nothing but waiters could hold them; frame and surplus.</summary>
    public ImmutableArray<(PageFrameNumber Frame, int Surplus)> Surplus { get; private init; } = [];

    /// <summary>Pages that a migration moves, and that the CPU reaches all the same, with their entries.</summary>
    public ImmutableArray<(int Page, PageTableEntry Entry)> Reached { get; private init; } = [];

    /// <summary>Whether a process has the device open.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>
    /// Whether the device works on its own migration. test_hmm does not drop its mappings of the pages before it has the new ones; nobody uses
    /// them meanwhile, since one call at a time is in work.
    /// </summary>
    public bool IsMigratingHere { get; private init; }

    /// <summary>What is not done, one line each.</summary>
    public ImmutableArray<string> Unfinished { get; private init; }

    /// <summary>References of a frame of this memory.</summary>
    public int ReferencesOf(PageFrameNumber frame) => References[(int)(frame.Value - FirstFrame.Value)];

    /// <summary>Whether two states look the same to properties of several machines.</summary>
    public bool LooksAs(MachineView other) => CpuPages.SequenceEqual(other.CpuPages) && DevicePages.SequenceEqual(other.DevicePages)
        && References.SequenceEqual(other.References) && BusySpaces.SequenceEqual(other.BusySpaces) && Surplus.SequenceEqual(other.Surplus)
        && Reached.SequenceEqual(other.Reached);

    /// <summary>Whether a frame belongs to this memory.</summary>
    public bool Owns(PageFrameNumber frame) => frame.Value - FirstFrame.Value < (ulong)References.Length;

    /// <summary>A home.</summary>
    public static MachineView Of(CpuMemory home, World world) => Frames(home.Ram) with
    {
        CpuPages = [.. home.Spaces.OfType<AddressSpace>().SelectMany(space => Enumerable.Range(0, world.Spec.Pages).Select(page => Page(home, space, page)))],
        Migrations = [.. home.Migrations.OrderBy(migration => migration.Id.Number)],
        BusySpaces =
        [
            .. home.Spaces.OfType<AddressSpace>()
                .Where(space => space.IsWriteLocked || space.ActiveTransactions > 0 || home.HasCallIn(space.Id))
                .Select(space => (int)space.Id.Value),
        ],
        Surplus = [.. SurplusOf(home, world)],
        Reached = [.. ReachedOf(home)],
        Unfinished = [.. home.Unfinished()],
    };

    /// <summary>A device.</summary>
    public static MachineView Of(DeviceMemory device, World world)
    {
        List<DevicePageView> pages = [];
        foreach (DriverMirror mirror in device.DriverMirrors)
        {
            pages.AddRange(Enumerable.Range(0, world.Spec.Pages)
                .Select(page => new DevicePageView(mirror.Space.Value, page, new DeviceEntry(mirror.Table[World.PageOf(page)]))));
        }

        pages.AddRange(Enumerable.Range(0, world.Spec.Pages)
            .Select(page => new DevicePageView(World.FirstSpace.Value, page, device.Entry(World.FirstSpace, World.PageOf(page)))));
        return Frames(device.Frames) with
        {
            DevicePages = [.. pages.Where(page => page.Entry.Kind is not (DeviceEntryKind.None or DeviceEntryKind.Error))],
            IsMigratingHere = device.CallInWork == CallKind.MigrateToDevice,
            IsOpen = device.DriverMirrors.Count > 0,
            Unfinished = [.. device.Unfinished()],
        };
    }

    private static MachineView Frames(FramePool pool)
    {
        PageFrameNumber[] frames = [.. Enumerable.Range(0, (int)pool.FrameCount).Select(frame => pool.FirstFrame + frame)];
        return new MachineView
        {
            FirstFrame = pool.FirstFrame,
            References = [.. frames.Select(pool.References)],
            Values = [.. frames.Select(frame => pool.References(frame) > 0 ? pool.ReadValue(frame) : 0)],
        };
    }

    private static CpuPageView Page(CpuMemory home, AddressSpace space, int page)
    {
        VirtualPageNumber address = World.PageOf(page);
        PageTableEntry entry = new(space.Table[address]);
        Vma? area = space.Areas.Find(address);
        bool namesFrame = entry.Kind is EntryKind.Present or EntryKind.DevicePrivate or EntryKind.DeviceExclusive or EntryKind.Migration && !entry.IsZeroPage;
        PageRecord? record = namesFrame ? home.RecordOf(entry.Frame) : null;
        return new CpuPageView(
            space.Id.Value,
            page,
            entry,
            area is not null,
            area is { IsWritable: true },
            record?.Mappings.Count ?? (namesFrame ? 1 : 0),
            record?.IsExclusive ?? true,
            record is not { IsFilePage: true },
            record is { SwapSlot: >= 0 } ? home.Swap.ValueOf(record.SwapSlot) : null,
            namesFrame && home.Ram.Owns(entry.Frame) && home.Ram.References(entry.Frame) > 0 ? home.Ram.ReadValue(entry.Frame) : null);
    }

    private static IEnumerable<(int Page, PageTableEntry Entry)> ReachedOf(CpuMemory home)
    {
        foreach (MigrationTransaction migration in home.Migrations
            .Where(migration => migration.Phase > MigrationPhase.AwaitingOwner)
            .OrderBy(migration => migration.Id.Number))
        {
            foreach (int page in migration.Locked)
            {
                PageTableEntry entry = home.Entry(migration.Block.Space, migration.Block.Block.Page(page));
                if (entry.IsPresent)
                {
                    yield return (page - World.PageOf(0).IndexInBlock, entry);
                }
            }
        }
    }

    /// <summary>
    /// Frames of RAM that are mapped and that no transaction has locked: nothing but mappings, caches and pins may hold them. Nothing else at
    /// all may hold private pages of devices.
    /// </summary>
    private static IEnumerable<(PageFrameNumber Frame, int Surplus)> SurplusOf(CpuMemory home, World world)
    {
        foreach (AddressSpace space in home.Spaces.OfType<AddressSpace>())
        {
            foreach (VirtualBlockNumber block in space.Table.NonEmptyBlocks())
            {
                for (int page = 0; page < 8; page++)
                {
                    PageTableEntry entry = new(space.Table[block.Page(page)]);
                    if (entry.Kind is EntryKind.DevicePrivate or EntryKind.Migration && home.RecordOf(entry.Frame) is { LeakedReferences: > 0 } held
                        && world.Layout.Memories.Of(entry.Frame).Type == MemoryType.DevicePrivate)
                    {
                        yield return (entry.Frame, held.LeakedReferences);
                    }

                    if (!entry.IsPresent || entry.IsZeroPage || !home.Ram.Owns(entry.Frame) || home.IsLocked(new BlockKey(space.Id, block), page, entry))
                    {
                        continue;
                    }

                    PageRecord? record = home.RecordOf(entry.Frame);
                    int expected = (record?.Mappings.Count ?? 1)
                        + (record is { IsFilePage: true } ? 1 : 0)
                        + (record is { SwapSlot: >= 0 } ? 1 : 0)
                        + (record?.PinCount ?? 0);
                    int surplus = home.Ram.References(entry.Frame) - expected;
                    if (surplus != 0)
                    {
                        yield return (entry.Frame, surplus);
                    }
                }
            }
        }
    }
}
