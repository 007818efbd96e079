using System.Collections.Immutable;
using System.Globalization;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Observation.Figures;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Simulation;

/// <summary>The balances that must hold at the end of every run.</summary>
internal static class RunChecks
{
    /// <summary>All checks with their outcome.</summary>
    public static ImmutableArray<ConservationCheck> Of(Scenario scenario, IReadOnlyList<NodeFigures> memories, MachineAudit audit)
    {
        var checks = ImmutableArray.CreateBuilder<ConservationCheck>();
        checks.Add(new ConservationCheck(
            "frames, entries, references and transactions",
            audit.Violations.Count == 0,
            audit.Violations.Count == 0 ? UsageOf(audit) : string.Join("; ", audit.Violations)));
        checks.Add(StreamsEnded(memories));
        checks.Add(AccessesAddUp(memories));
        bool unmaps = scenario.Streams.Any(stream => stream.Pattern is UnmapPattern);
        if (!unmaps)
        {
            checks.Add(NothingRefused(memories));
        }

        if (scenario.TrackValues && !unmaps)
        {
            checks.Add(ValuesCountStores(memories, audit));
        }

        return checks.ToImmutable();
    }

    private static string UsageOf(MachineAudit audit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{audit.RamFrames} frames of RAM and {audit.DeviceFrames} of devices are each named by one entry");

    private static ConservationCheck StreamsEnded(IReadOnlyList<NodeFigures> memories)
    {
        string[] open =
        [
            .. memories.SelectMany(node => node.Memory.OpenStreams
                .Select(stream => $"{stream.Name} on {node.Name} has {stream.WarpsLeft} of {stream.Warps} warps left")),
        ];
        return new ConservationCheck("every stream has ended", open.Length == 0, open.Length == 0 ? "nobody waits" : string.Join("; ", open));
    }

    /// <summary>Whatever faulted, was replayed or waited for a reply: each access happens once, in the memory beside the processor or over links.</summary>
    private static ConservationCheck AccessesAddUp(IReadOnlyList<NodeFigures> memories)
    {
        string[] wrong =
        [
            .. memories.Select(node => (node.Name, Counters: node.Memory.Processor))
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
    private static ConservationCheck NothingRefused(IReadOnlyList<NodeFigures> memories)
    {
        string[] refused =
        [
            .. memories.Where(node => node.Memory.Processor.RefusedAccesses > 0)
                .Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.Name}: {node.Memory.Processor.RefusedAccesses}")),
        ];
        return new ConservationCheck("no access was refused", refused.Length == 0, refused.Length == 0 ? "none" : string.Join("; ", refused));
    }

    /// <summary>Each visit of a page that stores adds one to the page's value: no store may be lost on the way, in whatever memory it was made.</summary>
    private static ConservationCheck ValuesCountStores(IReadOnlyList<NodeFigures> memories, MachineAudit audit)
    {
        ulong stored = (ulong)memories.Sum(node => node.Memory.Processor.PageWrites);
        return new ConservationCheck(
            "page values count every store",
            audit.PageValues == stored,
            string.Create(CultureInfo.InvariantCulture, $"{stored} stores, values sum to {audit.PageValues}"));
    }
}
