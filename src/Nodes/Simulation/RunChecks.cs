using System.Collections.Immutable;
using System.Globalization;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using ProtocolChecks = HmmSim.Protocol.Conservation.ConservationCheck;

namespace HmmSim.Nodes.Simulation;

/// <summary>The balances that must hold at the end of every run.</summary>
internal static class RunChecks
{
    /// <summary>All checks with their outcome.</summary>
    public static ImmutableArray<ConservationCheck> Of(Scenario scenario, IReadOnlyList<MemoryNode> memories)
    {
        SystemLayout layout = memories[0].Layout;
        CpuMemory[] homes = [.. memories.OfType<CpuNode>().Select(node => node.Home)];
        DeviceMemory[] devices =
        [
            .. memories.OfType<DeviceNode>().Select(node => node.Memory),
            .. memories.OfType<CpuNode>().Where(node => node.Lent is not null).Select(node => node.Lent!),
        ];
        IReadOnlyList<string> violations = ProtocolChecks.Run(layout, homes, devices);
        var checks = ImmutableArray.CreateBuilder<ConservationCheck>();
        checks.Add(new ConservationCheck(
            "frames, entries, references and transactions",
            violations.Count == 0,
            violations.Count == 0 ? UsageOf(homes, devices) : string.Join("; ", violations)));
        checks.Add(StreamsEnded(memories));
        checks.Add(AccessesAddUp(memories));
        bool unmaps = scenario.Streams.Any(stream => stream.Pattern is UnmapPattern);
        if (!unmaps)
        {
            checks.Add(NothingRefused(memories));
        }

        if (scenario.TrackValues && !unmaps)
        {
            checks.Add(ValuesCountStores(layout, homes, devices, memories));
        }

        return checks.ToImmutable();
    }

    private static string UsageOf(CpuMemory[] homes, DeviceMemory[] devices) => string.Create(
        CultureInfo.InvariantCulture,
        $"{homes.Sum(home => home.Ram.FrameCount - home.Ram.FreeFrameCount)} frames of RAM and "
        + $"{devices.Sum(device => device.Frames.FrameCount - device.Frames.FreeFrameCount)} of devices are each named by one entry");

    private static ConservationCheck StreamsEnded(IReadOnlyList<MemoryNode> memories)
    {
        string[] open =
        [
            .. memories.SelectMany(memory => memory.Processor.Streams.Where(stream => stream.WarpsLeft > 0)
                .Select(stream => $"{stream.Name} on {memory.Name} has {stream.WarpsLeft} of {stream.Warps.Count} warps left")),
        ];
        return new ConservationCheck("every stream has ended", open.Length == 0, open.Length == 0 ? "nobody waits" : string.Join("; ", open));
    }

    /// <summary>Whatever faulted, was replayed or waited for a reply: each access happens once, in the memory beside the processor or over links.</summary>
    private static ConservationCheck AccessesAddUp(IReadOnlyList<MemoryNode> memories)
    {
        string[] wrong =
        [
            .. memories.Select(memory => (memory.Name, Counters: memory.Processor.Counters))
                .Where(pair => pair.Counters.Accesses + pair.Counters.RefusedAccesses != pair.Counters.DrawnAccesses
                    || pair.Counters.Accesses != pair.Counters.LocalAccesses + pair.Counters.RemoteAccesses)
                .Select(pair => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{pair.Name}: {pair.Counters.Accesses} performed, {pair.Counters.RefusedAccesses} refused of {pair.Counters.DrawnAccesses}")),
        ];
        return new ConservationCheck(
            "every access of the streams was performed once or refused",
            wrong.Length == 0,
            wrong.Length == 0 ? "on every processor" : string.Join("; ", wrong));
    }

    /// <summary>The loader has refused what the buffers do not allow; so only an unmap can make an access fail.</summary>
    private static ConservationCheck NothingRefused(IReadOnlyList<MemoryNode> memories)
    {
        string[] refused =
        [
            .. memories.Where(memory => memory.Processor.Counters.RefusedAccesses > 0)
                .Select(memory => string.Create(CultureInfo.InvariantCulture, $"{memory.Name}: {memory.Processor.Counters.RefusedAccesses}")),
        ];
        return new ConservationCheck("no access was refused", refused.Length == 0, refused.Length == 0 ? "none" : string.Join("; ", refused));
    }

    /// <summary>Each visit of a page that stores adds one to the page's value: no store may be lost on the way, in whatever memory it was made.</summary>
    private static ConservationCheck ValuesCountStores(
        SystemLayout layout, CpuMemory[] homes, DeviceMemory[] devices, IReadOnlyList<MemoryNode> memories)
    {
        var byId = devices.ToDictionary(device => device.Id);
        ulong found = 0;
        foreach (AddressSpaceLayout space in layout.Spaces)
        {
            foreach (CpuMemory home in homes)
            {
                foreach (VirtualPageNumber page in home.Table(space.Id).NonEmptyBlocks().SelectMany(block => Enumerable.Range(0, VirtualBlockNumber.Pages).Select(block.Page)))
                {
                    PageTableEntry entry = home.Entry(space.Id, page);
                    found += entry.Kind switch
                    {
                        EntryKind.Present when entry.IsZeroPage => 0,
                        EntryKind.Present when home.Ram.Owns(entry.Frame) => home.Ram.ReadValue(entry.Frame),
                        EntryKind.Present or EntryKind.DevicePrivate => byId[layout.Memories.Of(entry.Frame).Id].Frames.ReadValue(entry.Frame),
                        _ => 0,
                    };
                }
            }
        }

        ulong stored = (ulong)memories.Sum(memory => memory.Processor.Counters.PageWrites);
        return new ConservationCheck("page values count every store", found == stored, string.Create(CultureInfo.InvariantCulture, $"{stored} stores, values sum to {found}"));
    }
}
