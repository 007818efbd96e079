using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Simulation;

/// <summary>Makes what processors execute from the streams of a scenario.</summary>
internal sealed class StreamBuilder(Scenario scenario, AddressMap addresses)
{
    private readonly Dictionary<string, int> _numbers = scenario.Streams
        .Select((stream, number) => (stream.Name, number))
        .ToDictionary(pair => pair.Name, pair => pair.number, StringComparer.Ordinal);

    /// <summary>The streams of one processor, with warps numbered over all of them.</summary>
    public List<StreamExecution> BuildFor(string processor)
    {
        var streams = new List<StreamExecution>();
        int firstWarp = 0;
        foreach (StreamSpec spec in scenario.Streams.Where(stream => stream.Processor == processor))
        {
            streams.Add(Build(spec, firstWarp));
            firstWarp += streams[^1].Warps.Count;
        }

        return streams;
    }

    private StreamExecution Build(StreamSpec spec, int firstWarp)
    {
        PageRange? unmaps = spec.Pattern is UnmapPattern unmap ? addresses.Buffer(unmap.Buffer) : null;
        Warp[] warps =
        [
            .. Enumerable.Range(0, spec.Warps).Select(warp => new Warp(firstWarp + warp, Open(spec, warp))
            {
                State = WarpState.NotStarted,
                PagesLeft = unmaps is { } range ? (int)((range.End + -1).Block.Value - range.Begin.Block.Value + 1) : 0,
            }),
        ];
        return new StreamExecution
        {
            Name = spec.Name,
            Number = _numbers[spec.Name],
            Warps = warps,
            WarpsLeft = warps.Length,
            TimePerAccess = spec.TimePerAccess,
            FaultAction = spec.FaultAction,
            StartDelay = spec.StartAt,
            DependsOn = [.. spec.StartAfter.Select(name => _numbers[name])],
            WaitsFor = spec.StartAfter.Length,
            Unmaps = unmaps,
        };
    }

    private AccessStream Open(StreamSpec spec, int warp) => spec.Pattern is UnmapPattern
        ? EmptyAccessStream.Instance
        : WorkloadOf(spec).Open(warp, spec.Warps, scenario.Seed);

    private Workload WorkloadOf(StreamSpec spec) => spec.Pattern switch
    {
        SequentialPattern pattern => new SequentialWorkload(
            spec.Name, addresses.Buffer(pattern.Buffer), pattern.Passes, spec.PagesPerTurn, pattern.AccessesPerPage, pattern.Access),
        StridedPattern pattern => new StridedWorkload(
            spec.Name, addresses.Buffer(pattern.Buffer), pattern.StridePages, pattern.Passes, pattern.AccessesPerPage, pattern.Access),
        RandomPattern pattern => new UniformRandomWorkload(
            spec.Name, addresses.Buffer(pattern.Buffer), pattern.Accesses, CountScope.Total, pattern.Access),
        PointerChasePattern pattern => new PointerChaseWorkload(
            spec.Name, addresses.Buffer(pattern.Buffer), pattern.Steps, CountScope.Total, pattern.Access),
        StencilPattern pattern => new StencilWorkload(
            spec.Name,
            addresses.Buffer(pattern.Source).Begin,
            addresses.Buffer(pattern.Target).Begin,
            pattern.Rows,
            pattern.Columns,
            pattern.Iterations,
            pattern.RowsPerTurn),
        TracePattern pattern => new LackeyTraceWorkload(
            spec.Name, pattern.FullPath, new LackeyTraceOptions(pattern.Limit ?? long.MaxValue, addresses.TraceOffsetPages(spec.Name))),
        _ => throw new InvalidOperationException($"stream {spec.Name}: {spec.Pattern.Keyword} is no access pattern"),
    };
}
