using CsCheck;
using HmmSim.Nodes.Execution;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Accesses;

namespace HmmSim.Nodes.Tests.Execution;

/// <summary>
/// A processor may execute a stretch in one piece or in any number of pieces: counters, page values and the order of what leaves
/// it are the same. That is what lets lanes cut time wherever they like.
/// </summary>
public sealed class SlicingTests
{
    private const long EndNs = 40_000;

    private static readonly Gen<AccessRun> Runs = Gen.Select(
        Gen.ULong[0, 60], Gen.Int[1, 20], Gen.Int[1, 3], Gen.Bool, (page, pages, accesses, write) =>
            new AccessRun(new(page), pages, accesses, write ? AccessKind.Write : AccessKind.Read));

    private static readonly Gen<(List<AccessRun[]> Warps, int NanosecondsPerAccess)> Streams =
        Gen.Select(Runs.Array[0, 5].List[1, 4], Gen.Int[1, 40], (warps, nanoseconds) => (warps, nanoseconds));

    private static readonly Gen<Dictionary<ulong, TranslationKind>> Translations =
        Gen.Dictionary(Gen.ULong[0, 80], Gen.Int[1, 3].Select(kind => (TranslationKind)kind))[0, 8];

    [Fact]
    public void Any_slicing_of_a_stretch_gives_the_same() =>
        Gen.Select(Streams.List[1, 3], Translations, Gen.Long[1, EndNs - 1].List[0, 30]).Sample(
            (streams, translations, cuts) =>
            {
                ProcessorBench whole = BenchOf(streams, translations);
                whole.Processor.CatchUp(ProcessorBench.At(EndNs));
                ProcessorBench sliced = BenchOf(streams, translations);
                foreach (long cut in cuts.Order().Append(EndNs))
                {
                    sliced.Processor.CatchUp(ProcessorBench.At(cut));
                }

                Assert.Equal(whole.Log, sliced.Log);
                Assert.Equal(whole.Counters, sliced.Counters);
                Assert.Equal(whole.Values, sliced.Values);
                Assert.Equal(whole.Processor.NextAccess, sliced.Processor.NextAccess);
            },
            iter: 3000,
            print: sample => string.Join(" | ", sample.Item1.Select(
                    stream => $"{stream.NanosecondsPerAccess}ns: {string.Join(" / ", stream.Warps.Select(warp => string.Join(", ", warp)))}"))
                + $" cuts {string.Join(' ', sample.Item3)} pages {string.Join(' ', sample.Item2)}");

    [Fact]
    public void One_nanosecond_at_a_time_is_as_good_as_all_at_once()
    {
        AccessRun[][] warps = [[ProcessorBench.Write(0, 30, 2)], [ProcessorBench.Read(10, 5), ProcessorBench.Write(3, 9)]];
        ProcessorBench whole = new(ProcessorBench.Stream("s", 0, 0, 7, warps));
        whole.Processor.CatchUp(ProcessorBench.At(1000));
        ProcessorBench single = new(ProcessorBench.Stream("s", 0, 0, 7, warps));
        for (int at = 1; at <= 1000; at++)
        {
            single.Processor.CatchUp(ProcessorBench.At(at));
        }

        Assert.Equal((whole.Counters, string.Join(' ', whole.Log)), (single.Counters, string.Join(' ', single.Log)));
        Assert.Equal(whole.Values, single.Values);
    }

    private static ProcessorBench BenchOf(List<(List<AccessRun[]> Warps, int NanosecondsPerAccess)> streams, Dictionary<ulong, TranslationKind> translations)
    {
        var executions = new List<StreamExecution>();
        int warp = 0;
        foreach ((List<AccessRun[]> warps, int nanoseconds) in streams)
        {
            executions.Add(ProcessorBench.Stream($"s{executions.Count}", executions.Count, warp, nanoseconds, [.. warps]));
            warp += warps.Count;
        }

        ProcessorBench bench = new([.. executions]);
        foreach ((ulong page, TranslationKind kind) in translations)
        {
            bench.Pages[page] = kind;
        }

        return bench;
    }
}
