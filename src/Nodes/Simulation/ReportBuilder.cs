using System.Collections.Immutable;
using HdrHistogram;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Simulation;

/// <summary>Collects the figures of a finished run from its nodes.</summary>
internal sealed class ReportBuilder(Scenario scenario, IReadOnlyList<Node> nodes)
{
    private const long PicosecondsPerNanosecond = 1000;
    private readonly MemoryNode[] _memories = [.. nodes.OfType<MemoryNode>()];

    /// <summary>The report.</summary>
    public RunReport Build(TimeSpan wall, int lanes, VirtualTime lastStep)
    {
        VirtualTime end = _memories.Aggregate(lastStep, (latest, memory) => VirtualTime.Max(latest, memory.Processor.Counters.EndTime));
        long steps = _memories.Sum(memory => memory.Record.Steps);
        long accesses = _memories.Sum(memory => memory.Processor.Counters.Accesses);
        double seconds = Math.Max(wall.TotalSeconds, 1e-9);
        return new RunReport
        {
            Totals = new RunTotals { VirtualEndTime = end, Steps = steps, Accesses = accesses, TraceHash = HashOfTheRun() },
            Processors = [.. _memories.Select(ProcessorOf)],
            Devices = [.. _memories.OfType<DeviceNode>().Select(DeviceOf)],
            Migrations = Migrations(),
            Links = Links(end),
            FaultPhases = FaultPhases(),
            Checks = RunChecks.Of(scenario, _memories),
            Performance = new RunPerformance
            {
                WallTime = wall,
                Lanes = lanes,
                AccessesPerWallSecond = accesses / seconds,
                StepsPerWallSecond = steps / seconds,
            },
        };
    }

    private string HashOfTheRun()
    {
        foreach (MemoryNode memory in _memories)
        {
            ProcessorCounters counters = memory.Processor.Counters;
            memory.Trace.Add(counters.Accesses);
            memory.Trace.Add(counters.Hits);
            memory.Trace.Add(counters.RemoteAccesses);
            memory.Trace.Add(counters.StallTime.Picoseconds);
            memory.Trace.Add(counters.EndTime.Picoseconds);
        }

        return TraceHash.Combine(_memories.Select(memory => memory.Trace));
    }

    private static ProcessorReport ProcessorOf(MemoryNode memory)
    {
        ProcessorCounters counters = memory.Processor.Counters;
        return new ProcessorReport
        {
            Name = memory.Name,
            Accesses = counters.Accesses,
            Hits = counters.Hits,
            Faults = counters.Faults,
            LocalAccesses = counters.LocalAccesses,
            RemoteAccesses = counters.RemoteAccesses,
            RefusedAccesses = counters.RefusedAccesses,
            StallTime = counters.StallTime,
            EndTime = counters.EndTime,
        };
    }

    private static DeviceReport DeviceOf(DeviceNode device) => new()
    {
        Name = device.Name,
        FaultsRaised = device.Record.FaultsRaised,
        DuplicateFaults = device.Record[NoteKind.DuplicateFaults],
        Batches = device.Record.Batches,
        Replays = device.Record.Replays,
        EvictedChunks = device.Record.ChunksEvicted,
        EvictedPages = device.Record[NoteKind.ChunkEvicted],
        PagesIn = device.Record[NoteKind.PagesArrived],
        PagesOut = device.Record[NoteKind.PagesLeft],
        PeakFramesInUse = device.Memory.Frames.PeakUsedFrameCount,
        Frames = device.Memory.Frames.FrameCount,
    };

    private ImmutableArray<MigrationReport> Migrations() =>
    [
        .. _memories.SelectMany(memory => memory.Record.Migrations)
            .GroupBy(pair => pair.Key, pair => pair.Value)
            .OrderBy(group => group.Key)
            .Select(group => MigrationOf(MigrationNote.Unpack(group.Key), group.Sum(value => value.Transactions), group.Sum(value => value.Pages))),
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
        AttributeControlTraffic();
        return
        [
            .. scenario.Links.Select((link, position) => (link, nodes.Select(node => node.Links.GetValueOrDefault(position)).First(state => state is not null)!))
                .Select(pair => LinkOf(pair.link, pair.Item2, end)),
        ];
    }

    /// <summary>Control messages and remote accesses are counted by pair of nodes; here each link of their route gets its share.</summary>
    private void AttributeControlTraffic()
    {
        foreach (MemoryNode memory in _memories)
        {
            foreach ((int target, (long messages, long bytes)) in memory.ControlTraffic)
            {
                foreach (int link in memory.RouteTo(target).Links)
                {
                    nodes.First(node => node.Links.ContainsKey(link)).Links[link].Count(messages, bytes);
                }
            }
        }
    }

    private static LinkReport LinkOf(LinkSpec link, LinkOccupancy state, VirtualTime end) => new()
    {
        From = link.From,
        To = link.To,
        Messages = state.Messages,
        Bytes = state.Bytes,
        BusyTime = state.BusyTime,
        Utilisation = end == VirtualTime.Zero ? 0 : (double)state.BusyTime.Picoseconds / end.Picoseconds,
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
        foreach (MemoryNode memory in _memories)
        {
            if (memory.Record.Durations(note) is { } durations)
            {
                all.Add(durations);
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
