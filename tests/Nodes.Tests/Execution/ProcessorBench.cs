using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Accesses;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Execution;

/// <summary>A processor on a memory whose translations the test sets; logs what leaves it. Times in nanoseconds.</summary>
internal sealed class ProcessorBench : ITranslation
{
    public ProcessorBench(params StreamExecution[] streams)
    {
        Processor = new Processor(this, streams)
        {
            StreamEnded = stream => Log.Add($"end {stream.Name} {Nanoseconds(stream.EndedAt)}"),
            Unmap = (warp, block, at) => Log.Add($"unmap {warp} {block.Value} {Nanoseconds(at)}"),
            TracksValues = true,
        };
        Processor.StartFreeStreams();
    }

    public Processor Processor { get; }

    /// <summary>What left the processor, in order.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Pages that do not translate as local.</summary>
    public Dictionary<ulong, TranslationKind> Pages { get; } = [];

    /// <summary>How often each page's value was incremented.</summary>
    public SortedDictionary<ulong, int> Values { get; } = [];

    /// <summary>All counters in one text.</summary>
    public string Counters
    {
        get
        {
            ProcessorCounters counters = Processor.Counters;
            return $"accesses {counters.Accesses} hits {counters.Hits} faults {counters.Faults} local {counters.LocalAccesses} "
                + $"remote {counters.RemoteAccesses} refused {counters.RefusedAccesses} writes {counters.PageWrites} "
                + $"stall {counters.StallTime.Picoseconds / 1000} end {Nanoseconds(counters.EndTime)}";
        }
    }

    public static StreamExecution Stream(string name, int number, int firstWarp, long nanosecondsPerAccess, params AccessRun[][] warps) => new()
    {
        Name = name,
        Number = number,
        Warps = [.. warps.Select((runs, i) => new Warp(firstWarp + i, new ListStream(runs)) { State = WarpState.NotStarted })],
        WarpsLeft = warps.Length,
        TimePerAccess = VirtualDuration.FromNanoseconds(nanosecondsPerAccess),
        FaultAction = FaultAction.Migrate,
        StartDelay = VirtualDuration.Zero,
        DependsOn = [],
    };

    public static AccessRun Read(ulong page, int pages = 1, int accesses = 1) => new(new(page), pages, accesses, AccessKind.Read);

    public static AccessRun Write(ulong page, int pages = 1, int accesses = 1) => new(new(page), pages, accesses, AccessKind.Write);

    public static VirtualTime At(long nanoseconds) => VirtualTime.Zero + VirtualDuration.FromNanoseconds(nanoseconds);

    public Translation Translate(VirtualPageNumber begin, int pages, AccessKind kind)
    {
        TranslationKind first = Pages.GetValueOrDefault(begin.Value);
        int alike = 1;
        while (first == TranslationKind.Local && alike < pages && Pages.GetValueOrDefault(begin.Value + (ulong)alike) == first)
        {
            alike++;
        }

        return new Translation(first, alike);
    }

    public void IncrementValues(VirtualPageNumber begin, int pages)
    {
        for (ulong page = begin.Value; page < begin.Value + (ulong)pages; page++)
        {
            Values[page] = Values.GetValueOrDefault(page) + 1;
        }
    }

    public void RaiseFault(int warp, VirtualPageNumber page, AccessKind kind, VirtualTime at) =>
        Log.Add($"fault {warp} {page.Value} {kind} {Nanoseconds(at)}");

    public void AccessRemote(int warp, VirtualPageNumber page, AccessKind kind, int accesses, VirtualTime at) =>
        Log.Add($"remote {warp} {page.Value} {kind} x{accesses} {Nanoseconds(at)}");

    private static long Nanoseconds(VirtualTime time) => time.Picoseconds / 1000;
}
