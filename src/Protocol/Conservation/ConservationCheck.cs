using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Conservation;

/// <summary>
/// Compares what page tables, reverse mapping, frame pools and transactions say of each other when nothing is under way: no frame lost,
/// none named by an entry that the reverse mapping does not know, every reference accounted for, no entry in flight, every device
/// mapping backed by its home, nothing waiting.
/// </summary>
public sealed class ConservationCheck
{
    private const int ViolationsShown = 20;

    private static readonly Comparer<PageAddress> PageAddressOrder =
        Comparer<PageAddress>.Create((left, right) => (left.Space.Value, left.Page).CompareTo((right.Space.Value, right.Page)));

    private readonly SystemLayout _layout;
    private readonly SortedDictionary<MemoryId, CpuMemory> _homes;
    private readonly SortedDictionary<MemoryId, DeviceMemory> _devices;
    private readonly List<string> _violations = [];
    private readonly Dictionary<MemoryId, long> _usedFrames = [];
    private readonly Dictionary<MemoryId, long> _references = [];
    private readonly Dictionary<MemoryId, ulong[]> _seenFrames = [];
    private readonly Dictionary<PageFrameNumber, List<PageAddress>> _recordedMappings = [];
    private readonly Dictionary<int, int> _slotUsers = [];

    private ConservationCheck(SystemLayout layout, IEnumerable<CpuMemory> homes, IEnumerable<DeviceMemory> devices)
    {
        _layout = layout;
        _homes = new(homes.ToDictionary(home => home.Id));
        _devices = new(devices.ToDictionary(device => device.Id));
    }

    /// <summary>Checks a system at quiescence.</summary>
    /// <returns>One line for each violation, at most 20 and a count of the others; empty if all is well.</returns>
    public static IReadOnlyList<string> Run(SystemLayout layout, IEnumerable<CpuMemory> homes, IEnumerable<DeviceMemory> devices)
    {
        ConservationCheck check = new(layout, homes, devices);
        check.Check();
        int more = check._violations.Count - ViolationsShown;
        return more <= 0 ? check._violations : [.. check._violations.Take(ViolationsShown), $"and {more} more"];
    }

    private void Check()
    {
        foreach (string line in _homes.Values.SelectMany(home => home.Unfinished()).Concat(_devices.Values.SelectMany(device => device.Unfinished())))
        {
            _violations.Add(line);
        }

        foreach (CpuMemory home in _homes.Values)
        {
            CheckHome(home);
        }

        foreach (DeviceMemory device in _devices.Values)
        {
            CheckDevice(device);
        }

        foreach (CpuMemory home in _homes.Values)
        {
            CheckFrames(home.Id, home.Ram);
        }

        foreach (DeviceMemory device in _devices.Values.Where(device => !_layout.Memories[device.Id].IsMappedInPlace))
        {
            CheckFrames(device.Id, device.Frames);
        }
    }

    private void CheckHome(CpuMemory home)
    {
        _recordedMappings.Clear();
        _slotUsers.Clear();
        foreach (AddressSpace? space in home.Spaces)
        {
            foreach (VirtualBlockNumber block in space?.Table.NonEmptyBlocks() ?? [])
            {
                CheckHomeBlock(home, space!, block);
            }
        }

        foreach ((PageFrameNumber frame, PageRecord record) in home.Pages)
        {
            CheckRecord(home, frame, record);
        }

        foreach ((int slot, int users) in _slotUsers)
        {
            if (home.Swap.UsersOf(slot) != users)
            {
                _violations.Add($"{home.Id}: swap slot {slot} is named by {users} entries and counts {home.Swap.UsersOf(slot)}");
            }
        }
    }

    private void CheckHomeBlock(CpuMemory home, AddressSpace space, VirtualBlockNumber block)
    {
        if (space.Table.TryGetWhole(block, out ulong whole) && home.Pages.Count == 0)
        {
            CheckHomeEntry(home, space, block.FirstPage, new PageTableEntry(whole), VirtualBlockNumber.Pages);
            return;
        }

        for (int page = 0; page < VirtualBlockNumber.Pages; page++)
        {
            PageTableEntry entry = new(space.Table[block.Page(page)]);
            if (entry.Kind != EntryKind.None)
            {
                CheckHomeEntry(home, space, block.Page(page), entry, 1);
            }
        }
    }

    /// <summary>Checks <paramref name="pages"/> entries that name consecutive frames, of which <paramref name="entry"/> is the first.</summary>
    private void CheckHomeEntry(CpuMemory home, AddressSpace space, VirtualPageNumber page, PageTableEntry entry, int pages)
    {
        if (space.Areas.Find(page) is not { } area || (entry.IsPresent && entry.IsWritable && !area.IsWritable))
        {
            _violations.Add($"{home.Id}: {entry} of page {page} of space {space.Id.Value} is not what its area permits");
        }

        switch (entry.Kind)
        {
            case EntryKind.Present when entry.IsZeroPage:
                return;
            case EntryKind.Present or EntryKind.DeviceExclusive or EntryKind.DevicePrivate when IsAtHome(home, entry):
                Name(home, space.Id, page, entry.Frame, pages);
                return;
            case EntryKind.Swap:
                int slot = (int)entry.Offset;
                _slotUsers[slot] = _slotUsers.GetValueOrDefault(slot) + 1;
                return;
            default:
                _violations.Add($"{home.Id}: {entry} of page {page} of space {space.Id.Value} may not be left at the end");
                return;
        }
    }

    /// <summary>Whether the entry's kind suits the memory that it names.</summary>
    private bool IsAtHome(CpuMemory home, PageTableEntry entry)
    {
        bool isAddressable = home.Ram.Owns(entry.Frame)
            || _layout.Memories.Of(entry.Frame).Type is not (MemoryType.DevicePrivate or MemoryType.RemoteRam or MemoryType.Ram);
        return isAddressable == (entry.Kind != EntryKind.DevicePrivate);
    }

    private void Name(CpuMemory home, AddressSpaceId space, VirtualPageNumber page, PageFrameNumber frame, int pages)
    {
        if (home.RecordOf(frame) is not null)
        {
            if (!_recordedMappings.TryGetValue(frame, out List<PageAddress>? mappings))
            {
                mappings = [];
                _recordedMappings.Add(frame, mappings);
            }

            mappings.Add(new PageAddress(space, page));
            return;
        }

        MemorySpec memory = _layout.Memories.Of(frame);
        Count(memory.Id, pages, pages);
        if (!_seenFrames.TryGetValue(memory.Id, out ulong[]? seen))
        {
            seen = new ulong[(memory.FrameCount + 63) / 64];
            _seenFrames.Add(memory.Id, seen);
        }

        for (int i = 0; i < pages; i++)
        {
            ulong offset = frame.Value - memory.FirstFrame.Value + (ulong)i;
            if ((seen[offset >> 6] & (1UL << (int)offset)) != 0)
            {
                _violations.Add($"{memory.Id}: {frame + i} is named by two entries and has no record");
            }

            seen[offset >> 6] |= 1UL << (int)offset;
        }
    }

    private void Count(MemoryId memory, long frames, long references)
    {
        _usedFrames[memory] = _usedFrames.GetValueOrDefault(memory) + frames;
        _references[memory] = _references.GetValueOrDefault(memory) + references;
    }

    private void CheckRecord(CpuMemory home, PageFrameNumber frame, PageRecord record)
    {
        List<PageAddress> named = _recordedMappings.GetValueOrDefault(frame) ?? [];
        if (!named.Order(PageAddressOrder).SequenceEqual(record.Mappings.Order(PageAddressOrder)))
        {
            _violations.Add($"{home.Id}: {frame} is named at {string.Join(' ', named)}, its record says {string.Join(' ', record.Mappings)}");
        }

        bool isRam = home.Ram.Owns(frame);
        MemoryId memory = _layout.Memories.Of(frame).Id;
        int references = record.Mappings.Count + record.PinCount + (record.IsFilePage ? 1 : 0) + (record.SwapSlot >= 0 ? 1 : 0);
        if (isRam || !record.IsFilePage)
        {
            Count(memory, 1, isRam ? references : 1);
        }
    }

    private void CheckDevice(DeviceMemory device)
    {
        foreach (AddressSpaceId space in _homes.Values.SelectMany(home => home.Spaces).Where(space => space is not null).Select(space => space!.Id).Distinct())
        {
            CheckDeviceTable(device, space, device.Table(space), _ => false);
            foreach (DriverMirror mirror in device.DriverMirrors.Where(mirror => mirror.Space == space))
            {
                CheckDeviceTable(device, space, mirror.Table, home => home.Spaces[space.Value]!.Mirrors.Contains(device.Id));
            }
        }
    }

    private void CheckDeviceTable(DeviceMemory device, AddressSpaceId space, PageTable<DeviceEntry> table, Func<CpuMemory, bool> isMirror)
    {
        foreach (VirtualBlockNumber block in table.NonEmptyBlocks())
        {
            BlockKey key = new(space, block);
            if (!_homes.TryGetValue(_layout.HomeOf(key), out CpuMemory? home))
            {
                _violations.Add($"{device.Id} has entries for block {key}, which has no home here");
                continue;
            }

            for (int page = 0; page < VirtualBlockNumber.Pages; page++)
            {
                DeviceEntry entry = new(table[block.Page(page)]);
                PageTableEntry named = home.Entry(space, block.Page(page));
                if (!IsBacked(entry, named, home, key, device.Id, page, isMirror(home)))
                {
                    _violations.Add($"{device.Id} says {entry} for page {page} of block {key}, its home says {named}");
                }
            }
        }
    }

    private static bool IsBacked(
        DeviceEntry entry, PageTableEntry named, CpuMemory home, BlockKey block, MemoryId device, int page, bool isMirror) => entry.Kind switch
        {
            DeviceEntryKind.None or DeviceEntryKind.Error => true,
            DeviceEntryKind.LocalRead or DeviceEntryKind.LocalWrite =>
                named.Kind is EntryKind.DevicePrivate or EntryKind.Present && named.Frame == entry.Frame && (named.IsWritable || !entry.IsWritable),
            DeviceEntryKind.Atomic => named.Kind == EntryKind.DeviceExclusive && named.Frame == entry.Frame,
            DeviceEntryKind.RemoteRead or DeviceEntryKind.RemoteWrite =>
                named.Kind == EntryKind.Present && named.Frame == entry.Frame && (named.IsWritable || !entry.IsWritable)
                && (isMirror || home.IsSubscribed(block, device, page)),
        };

    private void CheckFrames(MemoryId memory, FramePool frames)
    {
        long named = _usedFrames.GetValueOrDefault(memory);
        long expected = _references.GetValueOrDefault(memory);
        (long used, long references) = frames.Audit();
        if (used != named || references != expected || frames.FreeFrameCount != frames.FrameCount - used)
        {
            _violations.Add(
                $"{memory}: {named} frames are named by entries and records with {expected} references, {used} are in use with {references}, "
                + $"{frames.FreeFrameCount} of {frames.FrameCount} count as free");
        }
    }
}
