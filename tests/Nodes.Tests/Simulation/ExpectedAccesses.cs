using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>How many accesses the streams of a scenario define, from their descriptions alone.</summary>
internal static class ExpectedAccesses
{
    /// <summary>The accesses of all streams of a processor.</summary>
    public static long Of(Scenario scenario, string processor) =>
        scenario.Streams.Where(stream => stream.Processor == processor).Sum(stream => Of(scenario, stream));

    private static long Of(Scenario scenario, StreamSpec stream) => stream.Pattern switch
    {
        SequentialPattern all => Pages(scenario, all) * all.Passes * all.AccessesPerPage * all.Access.Accesses(),
        StridedPattern some =>
            ((Pages(scenario, some) + some.StridePages - 1) / some.StridePages) * some.Passes * some.AccessesPerPage * some.Access.Accesses(),
        RandomPattern random => random.Accesses * random.Access.Accesses(),
        PointerChasePattern chase => chase.Steps * chase.Access.Accesses(),
        TracePattern trace => Recorded(trace),
        UnmapPattern => 0,
        _ => throw new NotSupportedException($"no closed form for {stream.Pattern.Keyword}"),
    };

    private static long Pages(Scenario scenario, BufferPattern pattern) => scenario.Buffers.Single(buffer => buffer.Name == pattern.Buffer).Size.Pages;

    private static long Recorded(TracePattern trace)
    {
        using AccessStream stream = new LackeyTraceWorkload("trace", trace.FullPath, LackeyTraceOptions.Default).Open(0, 1, 0);
        long accesses = 0;
        while (stream.TryNext(out AccessRun run))
        {
            accesses += run.Accesses;
        }

        return accesses;
    }
}
