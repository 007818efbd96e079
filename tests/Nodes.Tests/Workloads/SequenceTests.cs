using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Tests.Workloads;

/// <summary>The exact runs of small descriptions, one line each.</summary>
public class SequenceTests
{
    private static readonly PageRange Ten = new(new VirtualPageNumber(100), 10);

    [Fact]
    public void Sequential_takes_turns_in_order_and_cuts_the_last() =>
        Assert.Equal(
            "100-103x5R 104-107x5R 108-109x5R",
            new SequentialWorkload("s", Ten, PagesPerTurn: 4, AccessesPerPage: 5).Runs().Text());

    [Fact]
    public void Sequential_repeats_passes() =>
        Assert.Equal(
            "100-107x1W 108-109x1W 100-107x1W 108-109x1W",
            new SequentialWorkload("s", Ten, Passes: 2, PagesPerTurn: 8, Operation: AccessOperation.Write).Runs().Text());

    [Fact]
    public void Grid_stride_deals_turns_round_robin()
    {
        var workload = new SequentialWorkload("s", Ten, Passes: 2, PagesPerTurn: 2);
        Assert.Equal("100-101x1R 106-107x1R 100-101x1R 106-107x1R", workload.Runs(0, 3).Text());
        Assert.Equal("102-103x1R 108-109x1R 102-103x1R 108-109x1R", workload.Runs(1, 3).Text());
        Assert.Equal("104-105x1R 104-105x1R", workload.Runs(2, 3).Text());
        Assert.Empty(workload.Runs(7, 8));
    }

    [Fact]
    public void Blocks_are_contiguous_and_differ_by_one_page_at_most()
    {
        var workload = new SequentialWorkload("s", Ten, PagesPerTurn: 3, Partition: WorkPartition.Block);
        Assert.Equal("100-102x1R 103x1R", workload.Runs(0, 3).Text());
        Assert.Equal("104-106x1R", workload.Runs(1, 3).Text());
        Assert.Equal("107-109x1R", workload.Runs(2, 3).Text());
    }

    [Fact]
    public void Update_is_one_write_of_two_accesses() =>
        Assert.Equal(
            "100-109x6W",
            new SequentialWorkload("s", Ten, 1, PagesPerTurn: 100, AccessesPerPage: 3, AccessOperation.Update).Runs().Text());

    [Fact]
    public void Stride_touches_every_nth_page()
    {
        var workload = new StridedWorkload("s", Ten, StridePages: 3, Passes: 2, AccessesPerPage: 2);
        Assert.Equal("100x2R 103x2R 106x2R 109x2R 100x2R 103x2R 106x2R 109x2R", workload.Runs().Text());
        Assert.Equal("103x2R 109x2R 103x2R 109x2R", workload.Runs(1, 2).Text());
        Assert.Equal("106x2R 109x2R 106x2R 109x2R", (workload with { Partition = WorkPartition.Block }).Runs(1, 2).Text());
        Assert.Equal("100x1R", new StridedWorkload("s", Ten, StridePages: long.MaxValue).Runs().Text());
    }

    /// <summary>Rows of 1024 cells are two pages: the border columns are read only in the centre row.</summary>
    [Fact]
    public void Stencil_reads_three_rows_and_writes_one()
    {
        var workload = new StencilWorkload("s", new(0), new(1_000), Rows: 4, Columns: 1_024, Iterations: 2);
        Assert.Equal(
            "0x511R 1x511R 2-3x512R 4x511R 5x511R 1002x511W 1003x511W "
            + "2x511R 3x511R 4-5x512R 6x511R 7x511R 1004x511W 1005x511W "
            + "1000x511R 1001x511R 1002-1003x512R 1004x511R 1005x511R 2x511W 3x511W "
            + "1002x511R 1003x511R 1004-1005x512R 1006x511R 1007x511R 4x511W 5x511W",
            workload.Runs().Text());
        Assert.Equal(8, workload.BufferPages);
    }

    /// <summary>Rows that are no multiple of a page begin and end inside pages.</summary>
    [Fact]
    public void Stencil_rows_share_pages()
    {
        // Row 1 is cells 700 to 1399: 324 cells in page 1 (of 512 to 1023) and 376 in page 2.
        var workload = new StencilWorkload("s", new(0), new(50), Rows: 3, Columns: 700, Iterations: 1);
        Assert.Equal("0x511R 1x187R 1x324R 2x376R 2x135R 3x512R 4x51R 51x323W 52x375W", workload.Runs().Text());
    }

    [Fact]
    public void Random_touches_read_or_update()
    {
        var reads = new UniformRandomWorkload("r", Ten, 1_000, Operation: AccessOperation.Read).Runs();
        Assert.All(reads, run => Assert.Equal((1, 1, AccessKind.Read), (run.Pages, run.AccessesPerPage, run.Kind)));
        var updates = new UniformRandomWorkload("r", Ten, 1_000).Runs();
        Assert.All(updates, run => Assert.Equal((1, 2, AccessKind.Write), (run.Pages, run.AccessesPerPage, run.Kind)));
        Assert.Equal(reads.Pages(), updates.Pages());
        Assert.Equal(Enumerable.Range(100, 10).Select(page => (ulong)page), reads.Pages().Distinct().Order());
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(30, 2_700, 3_300)]
    [InlineData(100, 10_000, 10_000)]
    public void Write_percent_is_met(int percent, int atLeast, int atMost)
    {
        var runs = new UniformRandomWorkload("r", Ten, 10_000, Operation: AccessOperation.Write, WritePercent: percent).Runs();
        Assert.InRange(runs.Count(run => run.Kind == AccessKind.Write), atLeast, atMost);
    }

    [Fact]
    public void Counts_are_shared_or_per_warp()
    {
        var total = new UniformRandomWorkload("r", Ten, 11);
        Assert.Equal([4, 4, 3], Enumerable.Range(0, 3).Select(warp => total.Runs(warp, 3).Count));
        var each = total with { Scope = CountScope.PerWarp };
        Assert.Equal([11, 11, 11], Enumerable.Range(0, 3).Select(warp => each.Runs(warp, 3).Count));
    }

    [Fact]
    public void Nothing_is_allocated_per_run()
    {
        using var stream = new UniformRandomWorkload("r", Ten, 1_000_000).Open(0, 1, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (stream.TryNext(out _))
        {
        }

        // The just-in-time compiler may allocate on this thread; a run that allocates would cost 24 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }
}
