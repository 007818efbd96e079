using CsCheck;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Tests.Workloads;

/// <summary>Over all warps, each page of the work is touched exactly as often as the description says.</summary>
public class PartitionTests
{
    private static readonly Gen<PageRange> Buffers =
        Gen.Select(Gen.ULong[0, 1UL << 40], Gen.Long[1, 2_000], (begin, pages) => new PageRange(new(begin), pages));

    private static readonly Gen<WorkPartition> Partitions =
        Gen.Bool.Select(block => block ? WorkPartition.Block : WorkPartition.GridStride);

    [Fact]
    public void Sequential_shares_cover_the_buffer() =>
        Gen.Select(Buffers, Gen.Int[1, 3], Gen.OneOf(Gen.Int[1, 50], Gen.Const(int.MaxValue)), Partitions, Gen.Int[1, 70])
            .Sample((buffer, passes, turn, partition, warps) =>
            {
                var counts = Touches(new SequentialWorkload("s", buffer, passes, turn, Partition: partition), warps);
                Assert.Equal(buffer.Pages, counts.Count);
                Assert.All(counts, page => Assert.True(buffer.Contains(new(page.Key)) && page.Value == passes));
            });

    [Fact]
    public void Strided_shares_cover_the_stride_points() =>
        Gen.Select(Buffers, Gen.Long[1, 300], Partitions, Gen.Int[1, 70]).Sample((buffer, stride, partition, warps) =>
        {
            var counts = Touches(new StridedWorkload("s", buffer, stride, Partition: partition), warps);
            Assert.Equal((buffer.Pages + stride - 1) / stride, counts.Count);
            Assert.All(counts, page => Assert.True(
                buffer.Contains(new(page.Key)) && page.Value == 1 && (page.Key - buffer.Begin.Value) % (ulong)stride == 0));
        });

    [Fact]
    public void Stencil_shares_write_each_inner_cell_once_per_iteration() =>
        Gen.Select(Gen.Int[3, 40], Gen.Int[3, 1_500], Gen.Int[1, 3], Gen.Int[1, 5], Partitions, Gen.Int[1, 50])
            .Sample((rows, columns, iterations, turn, partition, warps) =>
            {
                var workload = new StencilWorkload("s", new(0), new(1 << 20), rows, columns, iterations, turn, partition);
                long reads = 0;
                var writes = new Dictionary<ulong, long>();
                for (var warp = 0; warp < warps; warp++)
                {
                    foreach (var run in workload.Runs(warp, warps))
                    {
                        reads += run.Kind == AccessKind.Read ? run.Accesses : 0;
                        for (var index = 0; run.Kind == AccessKind.Write && index < run.Pages; index++)
                        {
                            var page = run.Begin.Value + (ulong)index;
                            writes[page] = writes.GetValueOrDefault(page) + run.AccessesPerPage;
                        }
                    }
                }

                var expected = new Dictionary<ulong, long>();
                for (var iteration = 0; iteration < iterations; iteration++)
                {
                    for (long row = 1; row < rows - 1; row++)
                    {
                        for (long column = 1; column < columns - 1; column++)
                        {
                            var page = ((iteration & 1) == 0 ? 1UL << 20 : 0) + (ulong)(((row * columns) + column) * 8 / 4096);
                            expected[page] = expected.GetValueOrDefault(page) + 1;
                        }
                    }
                }

                Assert.Equal(expected.OrderBy(page => page.Key), writes.OrderBy(page => page.Key));
                Assert.Equal((long)iterations * (rows - 2) * ((3L * columns) - 4), reads);
            }, iter: 50);

    [Fact]
    public void Pointer_chase_visits_each_page_once_per_cycle() =>
        Gen.Select(Buffers, Gen.Int[1, 70], Gen.ULong, Gen.Int[1, 3]).Sample((buffer, warps, seed, cycles) =>
        {
            // One warp walks whole cycles; many warps share one.
            var alone = Touches(new PointerChaseWorkload("c", buffer, buffer.Pages * cycles), 1, seed);
            Assert.Equal(buffer.Pages, alone.Count);
            Assert.All(alone, page => Assert.True(buffer.Contains(new(page.Key)) && page.Value == cycles));

            var shared = Touches(new PointerChaseWorkload("c", buffer, buffer.Pages), warps, seed);
            Assert.Equal(buffer.Pages, shared.Count);
            Assert.All(shared, page => Assert.Equal(1, page.Value));
        });

    [Fact]
    public void Warps_chase_the_same_list_from_different_nodes()
    {
        var workload = new PointerChaseWorkload("c", new(new(0), 100), 100, CountScope.PerWarp);
        var first = workload.Runs(0, 4).Pages();
        var second = workload.Runs(1, 4).Pages();
        Assert.Equal(first.Skip(25).Concat(first.Take(25)), second);
    }

    [Fact]
    public void Huge_turns_and_warp_counts_do_not_overflow()
    {
        var whole = new PageRange(new(0), 1L << VirtualPageNumber.Bits);
        var workload = new SequentialWorkload("s", whole, PagesPerTurn: int.MaxValue);
        using var last = workload.Open(int.MaxValue - 1, int.MaxValue, 1);
        Assert.False(last.TryNext(out _));

        var block = workload with { Partition = WorkPartition.Block };
        var runs = block.Runs(int.MaxValue - 1, int.MaxValue);
        Assert.Equal(whole.End, runs[^1].Begin + runs[^1].Pages);
    }

    private static Dictionary<ulong, int> Touches(Workload workload, int warps, ulong seed = 1)
    {
        var counts = new Dictionary<ulong, int>();
        for (var warp = 0; warp < warps; warp++)
        {
            foreach (var page in workload.Runs(warp, warps, seed).Pages())
            {
                counts[page] = counts.GetValueOrDefault(page) + 1;
            }
        }

        return counts;
    }
}
