using Google.Protobuf;
using HdrHistogram;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Observation.Figures;
using HmmSim.Protocol.Steps;

namespace HmmSim.Nodes.Simulation;

/// <summary>Takes the figures of a node at the end of a run. Once for each node: the trace digest takes in the counters.</summary>
internal static class NodeSnapshot
{
    private static readonly NoteKind[] Durations =
    [
        NoteKind.QueuePhase, NoteKind.UnmapPhase, NoteKind.CopyPhase, NoteKind.FinalizePhase, NoteKind.DeviceFaultTotal, NoteKind.CpuFaultTotal,
    ];

    /// <summary>The figures of a node.</summary>
    public static NodeFigures Of(Node node)
    {
        NodeFigures figures = new() { Node = node.Index, Name = node.Name, Memory = node is MemoryNode memory ? MemoryOf(memory) : null };
        figures.Links.Add(node.Links.OrderBy(link => link.Key).Select(link => LinkOf(link.Key, link.Value)));
        return figures;
    }

    private static LinkFigures LinkOf(int position, LinkOccupancy state) => new()
    {
        Link = position,
        Messages = state.Messages,
        Bytes = state.Bytes,
        BusyPicoseconds = state.BusyTime.Picoseconds,
    };

    private static MemoryFigures MemoryOf(MemoryNode node)
    {
        ProcessorCounters counters = node.Processor.Counters;
        node.Trace.Add(counters.Accesses);
        node.Trace.Add(counters.Hits);
        node.Trace.Add(counters.RemoteAccesses);
        node.Trace.Add(counters.StallTime.Picoseconds);
        node.Trace.Add(counters.EndTime.Picoseconds);
        MemoryFigures figures = new()
        {
            TraceDigest = ByteString.CopyFrom(node.Trace.Digest()),
            Steps = node.Record.Steps,
            Processor = ProcessorOf(counters),
            Device = node is DeviceNode device ? DeviceOf(device) : null,
        };
        figures.Migrations.Add(node.Record.Migrations.Select(entry => new MigrationFigures
        {
            PackedNote = entry.Key,
            Transactions = entry.Value.Transactions,
            Pages = entry.Value.Pages,
        }));
        figures.Durations.Add(Durations.Where(note => node.Record.Durations(note) is not null).Select(note => DurationsOf(note, node.Record.Durations(note)!)));
        figures.Routes.Add(node.ControlTraffic.OrderBy(entry => entry.Key).Select(entry => RouteOf(node.RouteTo(entry.Key), entry.Value)));
        figures.OpenStreams.Add(node.Processor.Streams.Where(stream => stream.WarpsLeft > 0)
            .Select(stream => new OpenStreamFigures { Name = stream.Name, WarpsLeft = stream.WarpsLeft, Warps = stream.Warps.Count }));
        return figures;
    }

    private static ProcessorFigures ProcessorOf(ProcessorCounters counters) => new()
    {
        DrawnAccesses = counters.DrawnAccesses,
        Accesses = counters.Accesses,
        Hits = counters.Hits,
        Faults = counters.Faults,
        LocalAccesses = counters.LocalAccesses,
        RemoteAccesses = counters.RemoteAccesses,
        RefusedAccesses = counters.RefusedAccesses,
        PageWrites = counters.PageWrites,
        StallPicoseconds = counters.StallTime.Picoseconds,
        EndPicoseconds = counters.EndTime.Picoseconds,
    };

    private static DeviceFigures DeviceOf(DeviceNode device) => new()
    {
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

    private static DurationFigures DurationsOf(NoteKind note, LongHistogram durations)
    {
        DurationFigures figures = new() { Note = (int)note };
        foreach (HdrHistogram.Iteration.HistogramIterationValue value in durations.RecordedValues())
        {
            figures.Nanoseconds.Add(value.ValueIteratedTo);
            figures.Counts.Add(value.CountAddedInThisIterationStep);
        }

        return figures;
    }

    private static RouteFigures RouteOf(Route route, (long Messages, long Bytes) traffic)
    {
        RouteFigures figures = new() { Messages = traffic.Messages, Bytes = traffic.Bytes };
        figures.Links.Add(route.Links);
        return figures;
    }
}
