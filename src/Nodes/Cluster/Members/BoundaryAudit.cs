using System.Globalization;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Cluster.Exchange;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Nodes.Observation;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>
/// The audit of machines that are spread over members. Each device claims the entries it has to the member of the block's home,
/// and each member compares its homes with all claims on them: the same balances as in one process, without sending a page table.
/// </summary>
internal sealed class BoundaryAudit
{
    private const int ViolationsShown = 20;

    private readonly SystemLayout _layout;
    private readonly Dictionary<MemoryId, CpuMemory> _homes;
    private readonly DeviceMemory[] _devices;
    private readonly List<string> _violations = [];
    private readonly Dictionary<BlockKey, List<EntryClaim>> _claims = [];
    private ulong _values;

    private BoundaryAudit(SystemLayout layout, IReadOnlyList<MemoryNode> memories)
    {
        _layout = layout;
        _homes = memories.OfType<CpuNode>().ToDictionary(node => node.Home.Id, node => node.Home);
        _devices =
        [
            .. memories.OfType<DeviceNode>().Select(node => node.Memory),
            .. memories.OfType<CpuNode>().Where(node => node.Lent is not null).Select(node => node.Lent!),
        ];
    }

    /// <summary>Audits the memories of this member together with those of all others; every member does it at the same time.</summary>
    public static MachineAudit Run(SystemPlan plan, IReadOnlyList<MemoryNode> memories, MemberMap map, int self, MemberExchange exchange)
    {
        BoundaryAudit audit = new(plan.Layout, memories);
        List<EntryClaim>[] claims = [.. Enumerable.Range(0, map.Members).Select(_ => new List<EntryClaim>())];
        foreach (DeviceMemory device in audit._devices)
        {
            foreach ((MemoryId home, EntryClaim claim) in audit.ClaimsOf(device))
            {
                claims[map[plan.NodeOf[home]]].Add(claim);
            }
        }

        audit.Take(claims[self]);
        audit.Take(exchange.Swap(claims));
        return audit.Finish();
    }

    /// <summary>The frames a device owns, by the page each was allocated for, and the frames of other memories that it has mapped.</summary>
    private IEnumerable<(MemoryId Home, EntryClaim Claim)> ClaimsOf(DeviceMemory device)
    {
        long own = 0;
        foreach (ChunkPages chunk in device.Frames.ChunksOldestFirst().SelectMany(device.Frames.PagesOfChunk))
        {
            own += chunk.Pages.Count;
            foreach (EntryClaim claim in OwnClaims(device, chunk))
            {
                yield return (_layout.HomeOf(chunk.Block), claim);
            }
        }

        foreach (AddressSpaceLayout space in _layout.Spaces)
        {
            foreach (BlockKey block in device.Table(space.Id).NonEmptyBlocks().Select(block => new BlockKey(space.Id, block)))
            {
                foreach (EntryClaim claim in MappedClaims(device, block))
                {
                    yield return (_layout.HomeOf(block), claim);
                }
            }
        }

        CheckFrames(device.Id, device.Frames, own);
    }

    private IEnumerable<EntryClaim> OwnClaims(DeviceMemory device, ChunkPages chunk)
    {
        EntryClaim? open = null;
        foreach (int page in chunk.Pages.Enumerate())
        {
            PageFrameNumber frame = chunk.Frames[page];
            DeviceEntry entry = device.Entry(chunk.Block.Space, chunk.Block.Block.Page(page));
            _values += _layout.TracksValues ? device.Frames.ReadValue(frame) : 0;
            bool writable = entry is { IsLocal: true, IsWritable: true } && entry.Frame == frame;
            if (!TryExtend(open, page, frame, writable))
            {
                if (open is not null)
                {
                    yield return open;
                }

                open = NewClaim(device, chunk.Block, page, frame, writable, isMapped: false);
            }
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    private IEnumerable<EntryClaim> MappedClaims(DeviceMemory device, BlockKey block)
    {
        EntryClaim? open = null;
        for (int page = 0; page < VirtualBlockNumber.Pages; page++)
        {
            DeviceEntry entry = device.Entry(block.Space, block.Block.Page(page));
            if (entry.IsLocal && device.Frames.References(entry.Frame) == 0)
            {
                _violations.Add($"{device.Id}: {entry} of page {page} of block {block} names a free frame");
            }

            if (!entry.IsReadable || entry.IsLocal || TryExtend(open, page, entry.Frame, entry.IsWritable))
            {
                continue;
            }

            if (open is not null)
            {
                yield return open;
            }

            open = NewClaim(device, block, page, entry.Frame, entry.IsWritable, isMapped: true);
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    private static bool TryExtend(EntryClaim? open, int page, PageFrameNumber frame, bool writable)
    {
        bool extends = open is not null && page == open.Page + open.Pages && writable == open.IsWritable
            && frame.Value == open.Frame + (ulong)open.Pages;
        if (extends)
        {
            open!.Pages++;
        }

        return extends;
    }

    private static EntryClaim NewClaim(
        DeviceMemory device, BlockKey block, int page, PageFrameNumber frame, bool writable, bool isMapped) => new()
        {
            Device = device.Id.Value,
            Block = block.Value,
            Page = page,
            Pages = 1,
            Frame = frame.Value,
            IsMapped = isMapped,
            IsWritable = writable,
        };

    private void Take(IEnumerable<EntryClaim> claims)
    {
        foreach (EntryClaim claim in claims)
        {
            BlockKey key = new(claim.Block);
            if (!_claims.TryGetValue(key, out List<EntryClaim>? list))
            {
                _claims.Add(key, list = []);
            }

            list.Add(claim);
        }
    }

    private MachineAudit Finish()
    {
        _violations.AddRange(_homes.Values.SelectMany(home => home.Unfinished()).Concat(_devices.SelectMany(device => device.Unfinished())));
        foreach (CpuMemory home in _homes.Values)
        {
            long named = 0;
            foreach (AddressSpaceLayout space in _layout.Spaces)
            {
                foreach (VirtualBlockNumber block in home.Table(space.Id).NonEmptyBlocks())
                {
                    named += CheckBlock(home, new BlockKey(space.Id, block));
                }
            }

            CheckFrames(home.Id, home.Ram, named);
        }

        foreach ((BlockKey block, List<EntryClaim> claims) in _claims.OrderBy(entry => entry.Key))
        {
            _violations.AddRange(claims.Select(
                claim => $"{new MemoryId(claim.Device)} has an entry for page {claim.Page} of block {block}, its home has none"));
        }

        int more = _violations.Count - ViolationsShown;
        string[] shown = more <= 0
            ? [.. _violations]
            : [.. _violations.Take(ViolationsShown), string.Create(CultureInfo.InvariantCulture, $"and {more} more")];
        return new MachineAudit(
            shown,
            _homes.Values.Sum(home => home.Ram.FrameCount - home.Ram.FreeFrameCount),
            _devices.Sum(device => device.Frames.FrameCount - device.Frames.FreeFrameCount),
            _values);
    }

    /// <summary>Compares one block of a home with the claims on it; returns how many entries name frames of the home's own RAM.</summary>
    private int CheckBlock(CpuMemory home, BlockKey block)
    {
        var byPage = new List<EntryClaim>?[VirtualBlockNumber.Pages];
        if (_claims.Remove(block, out List<EntryClaim>? all))
        {
            foreach (EntryClaim claim in all)
            {
                for (int page = claim.Page; page < claim.Page + claim.Pages; page++)
                {
                    (byPage[page] ??= []).Add(claim);
                }
            }
        }

        int named = 0;
        for (int page = 0; page < VirtualBlockNumber.Pages; page++)
        {
            named += CheckEntry(home, block, page, home.Entry(block.Space, block.Block.Page(page)), byPage[page] ?? []);
        }

        return named;
    }

    /// <summary>Compares one entry of a home with the claims on it; 1 if it names a frame of the home's own RAM.</summary>
    private int CheckEntry(CpuMemory home, BlockKey block, int page, PageTableEntry entry, List<EntryClaim> claims)
    {
        switch (entry.Kind)
        {
            case EntryKind.Present when entry.IsZeroPage || home.Ram.Owns(entry.Frame):
                bool isRam = !entry.IsZeroPage;
                _values += isRam && _layout.TracksValues ? home.Ram.ReadValue(entry.Frame) : 0;
                CheckMirrors(home, block, page, entry, claims);
                return isRam ? 1 : 0;
            case EntryKind.Present or EntryKind.DevicePrivate:
                MemoryId owner = _layout.Memories.Of(entry.Frame).Id;
                EntryClaim[] own = [.. claims.Where(claim => !claim.IsMapped)];
                if (own is not [var only] || only.Device != owner.Value || FrameOf(only, page) != entry.Frame
                    || (only.IsWritable && !entry.IsWritable))
                {
                    string said = string.Join(", ", claims.Select(claim => $"{new MemoryId(claim.Device)} {FrameOf(claim, page)}"));
                    _violations.Add($"{home.Id} says {entry} for page {page} of block {block}, devices claim [{said}]");
                }

                CheckMirrors(home, block, page, entry, [.. claims.Where(claim => claim.IsMapped)]);
                return 0;
            case EntryKind.None when claims.Count == 0:
                return 0;
            case EntryKind.None:
                _violations.Add($"{new MemoryId(claims[0].Device)} has an entry for page {page} of block {block}, its home has none");
                return 0;
            default:
                _violations.Add($"{home.Id}: {entry} of page {page} of block {block} may not be left at the end");
                return 0;
        }
    }

    /// <summary>Whoever maps a page in place maps that frame, with no more permission, and is told when it changes.</summary>
    private void CheckMirrors(CpuMemory home, BlockKey block, int page, PageTableEntry entry, IReadOnlyList<EntryClaim> claims)
    {
        foreach (EntryClaim claim in claims.Where(claim => !claim.IsMapped || !entry.IsPresent || FrameOf(claim, page) != entry.Frame
            || (claim.IsWritable && !entry.IsWritable) || !home.IsSubscribed(block, new MemoryId(claim.Device), page)))
        {
            _violations.Add($"{new MemoryId(claim.Device)} claims {FrameOf(claim, page)} for page {page} of block {block}, its home says {entry}");
        }
    }

    private void CheckFrames(MemoryId memory, FramePool frames, long named)
    {
        (long used, long references) = frames.Audit();
        if (used != named || references != named || frames.FreeFrameCount != frames.FrameCount - used)
        {
            _violations.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{memory}: {named} frames are named by entries, {used} are in use with {references} references, "
                + $"{frames.FreeFrameCount} of {frames.FrameCount} count as free"));
        }
    }

    private static PageFrameNumber FrameOf(EntryClaim claim, int page) => new(claim.Frame + (ulong)(page - claim.Page));
}
