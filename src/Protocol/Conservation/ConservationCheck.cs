using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Conservation;

/// <summary>
/// The checks at the end of a run, over all memories at once: nothing is under way; every frame is free or named by exactly one
/// page-table entry; reference counts balance; no device maps what it may not.
/// </summary>
public sealed class ConservationCheck
{
    private const int ViolationsShown = 20;

    private readonly Dictionary<MemoryId, CpuMemory> _homes;
    private readonly Dictionary<MemoryId, DeviceMemory> _devices;
    private readonly SystemLayout _layout;
    private readonly Dictionary<MemoryId, long> _namedFrames = [];
    private readonly Dictionary<MemoryId, ulong[]> _seenFrames = [];
    private readonly List<string> _violations = [];

    private ConservationCheck(SystemLayout layout, IEnumerable<CpuMemory> homes, IEnumerable<DeviceMemory> devices)
    {
        _layout = layout;
        _homes = homes.ToDictionary(home => home.Id);
        _devices = devices.ToDictionary(device => device.Id);
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

        foreach (AddressSpaceLayout space in _layout.Spaces)
        {
            foreach (CpuMemory home in _homes.Values)
            {
                foreach (VirtualBlockNumber block in home.Table(space.Id).NonEmptyBlocks())
                {
                    CheckHomeBlock(home, new BlockKey(space.Id, block));
                }
            }

            foreach (DeviceMemory device in _devices.Values)
            {
                foreach (VirtualBlockNumber block in device.Table(space.Id).NonEmptyBlocks())
                {
                    CheckDeviceBlock(device, new BlockKey(space.Id, block));
                }
            }
        }

        foreach (CpuMemory home in _homes.Values)
        {
            CheckFrames(home.Id, home.Ram);
        }

        foreach (DeviceMemory device in _devices.Values)
        {
            CheckFrames(device.Id, device.Frames);
        }
    }

    private void CheckHomeBlock(CpuMemory home, BlockKey block)
    {
        PageTable<CpuEntryLayout> table = home.Table(block.Space);
        if (table.TryGetWhole(block.Block, out ulong whole))
        {
            CheckHomeEntry(home, block, 0, new PageTableEntry(whole), VirtualBlockNumber.Pages);
            return;
        }

        for (int page = 0; page < VirtualBlockNumber.Pages; page++)
        {
            PageTableEntry entry = new(table[block.Block.Page(page)]);
            if (entry.Kind != EntryKind.None)
            {
                CheckHomeEntry(home, block, page, entry, 1);
            }
        }
    }

    /// <summary>Checks <paramref name="pages"/> entries that name consecutive frames, of which <paramref name="entry"/> is the first.</summary>
    private void CheckHomeEntry(CpuMemory home, BlockKey block, int page, PageTableEntry entry, int pages)
    {
        switch (entry.Kind)
        {
            case EntryKind.Present when home.Ram.Owns(entry.Frame):
                Name(home.Id, entry.Frame, pages);
                return;
            case EntryKind.DevicePrivate when _devices.TryGetValue(_layout.Memories.Of(entry.Frame).Id, out DeviceMemory? device):
                Name(device.Id, entry.Frame, pages);
                for (int i = 0; i < pages; i++)
                {
                    DeviceEntry held = device.Entry(block.Space, block.Block.Page(page + i));
                    bool holds = held.IsLocal || held.Kind == DeviceEntryKind.Held;
                    if (!holds || held.Frame != entry.Frame + i || (held.IsWritable && !entry.IsWritable))
                    {
                        _violations.Add($"{home.Id} says {entry} for page {page + i} of block {block}, {device.Id} says {held}");
                    }
                }

                return;
            default:
                _violations.Add($"{home.Id}: {entry} of page {page} of block {block} may not be left at the end");
                return;
        }
    }

    private void CheckDeviceBlock(DeviceMemory device, BlockKey block)
    {
        VmArea? area = _layout[block.Space].Find(block.Block);
        if (area is null || !_homes.TryGetValue(area.Home, out CpuMemory? home))
        {
            _violations.Add($"{device.Id} has entries for block {block}, which has no home here");
            return;
        }

        for (int page = 0; page < VirtualBlockNumber.Pages; page++)
        {
            DeviceEntry entry = device.Entry(block.Space, block.Block.Page(page));
            PageTableEntry named = home.Entry(block.Space, block.Block.Page(page));
            bool isRight = entry.Kind switch
            {
                DeviceEntryKind.None or DeviceEntryKind.Error => true,
                DeviceEntryKind.LocalRead or DeviceEntryKind.LocalWrite or DeviceEntryKind.Held =>
                    named.Kind == EntryKind.DevicePrivate && named.Frame == entry.Frame,
                DeviceEntryKind.RemoteRead or DeviceEntryKind.RemoteWrite =>
                    named.Kind == EntryKind.Present && named.Frame == entry.Frame && (named.IsWritable || !entry.IsWritable)
                    && home.IsSubscribed(block, device.Id, page),
                DeviceEntryKind.Reserved => false,
            };
            if (!isRight)
            {
                _violations.Add($"{device.Id} says {entry} for page {page} of block {block}, its home says {named}");
            }
        }
    }

    private void Name(MemoryId memory, PageFrameNumber frame, int frames)
    {
        _namedFrames[memory] = _namedFrames.GetValueOrDefault(memory) + frames;
        MemorySpec spec = _layout.Memories[memory];
        if (!_seenFrames.TryGetValue(memory, out ulong[]? seen))
        {
            seen = new ulong[(spec.FrameCount + 63) / 64];
            _seenFrames.Add(memory, seen);
        }

        for (int i = 0; i < frames; i++)
        {
            ulong offset = frame.Value - spec.FirstFrame.Value + (ulong)i;
            if ((seen[offset >> 6] & (1UL << (int)offset)) != 0)
            {
                _violations.Add($"{memory}: {frame + i} is named by two entries");
            }

            seen[offset >> 6] |= 1UL << (int)offset;
        }
    }

    private void CheckFrames(MemoryId memory, Frames.FramePool frames)
    {
        long named = _namedFrames.GetValueOrDefault(memory);
        (long used, long references) = frames.Audit();
        if (used != named || references != named || frames.FreeFrameCount != frames.FrameCount - used)
        {
            _violations.Add(
                $"{memory}: {named} frames are named by entries, {used} are in use with {references} references, {frames.FreeFrameCount} of {frames.FrameCount} count as free");
        }
    }
}
