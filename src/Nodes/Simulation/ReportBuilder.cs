using System.Collections.Immutable;
using HdrHistogram;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Observation.Figures;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Simulation;

/// <summary>Makes the report of a finished run from the figures of its nodes, wherever they ran.</summary>
/// <param name="scenario">What ran.</param>
/// <param name="nodes">The figures of every node, in the order of the interconnect.</param>
/// <param name="audit">What the machines say about each other.</param>
internal sealed class ReportBuilder(Scenario scenario, IReadOnlyList<NodeFigures> nodes, MachineAudit audit)
{
    private const long PicosecondsPerNanosecond = 1000;
    private readonly NodeFigures[] _memories = [.. nodes.Where(node => node.Memory is not null)];

    /// <summary>The report.</summary>
    public RunReport Build(TimeSpan wall, int lanes, VirtualTime lastStep)
    {
        VirtualTime end = _memories.Aggregate(lastStep, (latest, node) => VirtualTime.Max(latest, new VirtualTime(node.Memory.Processor.EndPicoseconds)));
        long steps = _memories.Sum(node => node.Memory.Steps);
        long accesses = _memories.Sum(node => node.Memory.Processor.Accesses);
        double seconds = Math.Max(wall.TotalSeconds, 1e-9);
        return new RunReport
        {
            Totals = new RunTotals
            {
                VirtualEndTime = end,
                Steps = steps,
                Accesses = accesses,
                TraceHash = TraceHash.Combine(_memories.Select(node => node.Memory.TraceDigest.Memory)),
            },
            Processors = [.. _memories.Select(ProcessorOf)],
            Devices = [.. _memories.Where(node => node.Memory.Device is not null).Select(DeviceOf)],
            Migrations = Migrations(),
            Links = Links(end),
            FaultPhases = FaultPhases(),
            Checks = RunChecks.Of(scenario, _memories, audit),
            Performance = new RunPerformance
            {
                WallTime = wall,
                Lanes = lanes,
                AccessesPerWallSecond = accesses / seconds,
                StepsPerWallSecond = steps / seconds,
            },
        };
    }

    private static ProcessorReport ProcessorOf(NodeFigures node)
    {
        ProcessorFigures counters = node.Memory.Processor;
        return new ProcessorReport
        {
            Name = node.Name,
            Accesses = counters.Accesses,
            Hits = counters.Hits,
            Faults = counters.Faults,
            LocalAccesses = counters.LocalAccesses,
            RemoteAccesses = counters.RemoteAccesses,
            RefusedAccesses = counters.RefusedAccesses,
            StallTime = new VirtualDuration(counters.StallPicoseconds),
            EndTime = new VirtualTime(counters.EndPicoseconds),
        };
    }

    private static DeviceReport DeviceOf(NodeFigures node)
    {
        DeviceFigures device = node.Memory.Device;
        return new DeviceReport
        {
            Name = node.Name,
            FaultsRaised = device.FaultsRaised,
            DuplicateFaults = device.DuplicateFaults,
            Batches = device.Batches,
            Replays = device.Replays,
            EvictedChunks = device.EvictedChunks,
            EvictedPages = device.EvictedPages,
            PagesIn = device.PagesIn,
            PagesOut = device.PagesOut,
            PeakFramesInUse = device.PeakFramesInUse,
            Frames = device.Frames,
        };
    }

    private ImmutableArray<MigrationReport> Migrations() =>
    [
        .. _memories.SelectMany(node => node.Memory.Migrations)
            .GroupBy(entry => entry.PackedNote)
            .OrderBy(group => group.Key)
            .Select(group => MigrationOf(
                MigrationNote.Unpack((byte)group.Key), group.Sum(entry => entry.Transactions), group.Sum(entry => entry.Pages))),
    ];

    private static MigrationReport MigrationOf(MigrationNote note, long transactions, long pages) => new()
    {
        Cause = note.Cause,
        Direction = note.Direction,
        Transactions = transactions,
        Pages = pages,
        Bytes = note.Direction == MigrationDirection.Populated ? 0 : pages * VirtualPageNumber.PageBytes,
    };

    private ImmutableArray<LinkReport> Links(VirtualTime end)
    {
        var traffic = new LinkFigures[scenario.Links.Length];
        foreach (LinkFigures link in nodes.SelectMany(node => node.Links))
        {
            traffic[link.Link] = link.Clone();
        }

        // Control messages and remote accesses are counted by pair of nodes; here each link of their route gets its share.
        foreach (RouteFigures route in _memories.SelectMany(node => node.Memory.Routes))
        {
            foreach (int link in route.Links)
            {
                traffic[link].Messages += route.Messages;
                traffic[link].Bytes += route.Bytes;
                traffic[link].BusyPicoseconds += scenario.Links[link].Bandwidth.TimeFor(route.Bytes).Picoseconds;
            }
        }

        return [.. scenario.Links.Select((link, position) => LinkOf(link, traffic[position], end))];
    }

    private static LinkReport LinkOf(LinkSpec link, LinkFigures traffic, VirtualTime end) => new()
    {
        From = link.From,
        To = link.To,
        Messages = traffic.Messages,
        Bytes = traffic.Bytes,
        BusyTime = new VirtualDuration(traffic.BusyPicoseconds),
        Utilisation = end == VirtualTime.Zero ? 0 : (double)traffic.BusyPicoseconds / end.Picoseconds,
    };

    private ImmutableArray<FaultPhaseReport> FaultPhases() =>
    [
        PhaseOf(FaultPhase.Queue, NoteKind.QueuePhase),
        PhaseOf(FaultPhase.CollectUnmap, NoteKind.UnmapPhase),
        PhaseOf(FaultPhase.Copy, NoteKind.CopyPhase),
        PhaseOf(FaultPhase.Finalize, NoteKind.FinalizePhase),
        PhaseOf(FaultPhase.DeviceTotal, NoteKind.DeviceFaultTotal),
        PhaseOf(FaultPhase.CpuTotal, NoteKind.CpuFaultTotal),
    ];

    private FaultPhaseReport PhaseOf(FaultPhase phase, NoteKind note)
    {
        LongHistogram all = NodeRecord.NewHistogram();
        foreach (DurationFigures durations in _memories.SelectMany(node => node.Memory.Durations).Where(durations => durations.Note == (int)note))
        {
            for (int i = 0; i < durations.Nanoseconds.Count; i++)
            {
                all.RecordValueWithCount(durations.Nanoseconds[i], durations.Counts[i]);
            }
        }

        return new FaultPhaseReport
        {
            Phase = phase,
            Count = all.TotalCount,
            P50 = At(all, 50),
            P95 = At(all, 95),
            P99 = At(all, 99),
            Max = At(all, 100),
        };
    }

    private static VirtualDuration At(LongHistogram durations, double percentile) =>
        new((durations.TotalCount == 0 ? 0 : durations.GetValueAtPercentile(percentile)) * PicosecondsPerNanosecond);
}
