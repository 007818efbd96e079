using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Tests.Workloads;

/// <summary>
/// The trace that comes with the scenarios. The figures were counted by a separate script (regular expression, one line at
/// a time), not by the reader under test.
/// </summary>
public class RecordedTraceTests
{
    [Fact]
    public void Holds_what_its_description_says()
    {
        var runs = Sort(LackeyTraceOptions.Default);
        Assert.Equal(1_732_765, runs.Count);
        Assert.Equal(2_704_547, runs.Where(run => run.Kind == AccessKind.Read).Sum(run => run.Accesses));
        Assert.Equal(273_883, runs.Where(run => run.Kind == AccessKind.Write).Sum(run => run.Accesses));
        Assert.Equal(1_465_281, runs.Count(run => run.Kind == AccessKind.Read));
        Assert.Equal(1_640, runs.Pages().Distinct().Count());
        Assert.Equal(859, runs.Where(run => run.Kind == AccessKind.Write).Pages().Distinct().Count());
    }

    [Fact]
    public void Data_accesses_alone_are_fewer_and_longer_runs() =>
        Assert.Equal(285_181, Sort(LackeyTraceOptions.Default with { InstructionFetches = false }).Count);

    private static List<AccessRun> Sort(LackeyTraceOptions options) =>
        new LackeyTraceWorkload("sort", Path.Combine(Repository.Root, "scenarios", "traces", "sort.lackey.gz"), options).Runs();
}
