using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Tests.Workloads;

/// <summary>A wrong field is named, with what was expected.</summary>
public class WorkloadValidationTests
{
    private static readonly PageRange Ten = new(new VirtualPageNumber(100), 10);

    public static TheoryData<string, Workload> Wrong => new()
    {
        { "Buffer", new SequentialWorkload("w", new(new(0), 0)) },
        { "Buffer", new SequentialWorkload("w", new(new((1UL << 45) - 1), 2)) },
        { "Buffer", new SequentialWorkload("w", new(new(ulong.MaxValue), 1)) },
        { "Passes", new SequentialWorkload("w", Ten, Passes: 0) },
        { "PagesPerTurn", new SequentialWorkload("w", Ten, PagesPerTurn: -1) },
        { "AccessesPerPage", new SequentialWorkload("w", Ten, AccessesPerPage: int.MaxValue) },
        { "Operation", new SequentialWorkload("w", Ten, Operation: (AccessOperation)9) },
        { "Partition", new SequentialWorkload("w", Ten, Partition: (WorkPartition)9) },
        { "StridePages", new StridedWorkload("w", Ten, 0) },
        { "Touches", new UniformRandomWorkload("w", Ten, -1) },
        { "WritePercent", new UniformRandomWorkload("w", Ten, 1, WritePercent: 101) },
        { "Scope", new UniformRandomWorkload("w", Ten, 1, Scope: (CountScope)9) },
        { "Steps", new PointerChaseWorkload("w", Ten, -1) },
        { "Rows", new StencilWorkload("w", new(0), new(100), 2, 10, 1) },
        { "Columns", new StencilWorkload("w", new(0), new(100), 10, 2, 1) },
        { "Iterations", new StencilWorkload("w", new(0), new(100), 10, 10, 0) },
        { "RowsPerTurn", new StencilWorkload("w", new(0), new(100), 10, 10, 1, RowsPerTurn: 0) },
        { "Second", new StencilWorkload("w", new(0), new(1), 10, 100, 1) },
        { "Path", new LackeyTraceWorkload("w", "no-such-file.lackey", LackeyTraceOptions.Default) },
        { "AccessesMax", new LackeyTraceWorkload("w", "no-such-file.lackey", new LackeyTraceOptions(-1)) },
        { "OffsetPages", new LackeyTraceWorkload("w", "no-such-file.lackey", new LackeyTraceOptions(1, -1)) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Names_the_wrong_field(string field, Workload workload)
    {
        var problem = Assert.Throws<WorkloadException>(() => workload.Open(0, 1, 1));
        Assert.Equal(field, problem.Field);
        Assert.Equal("w", problem.Workload);
        Assert.StartsWith($"workload 'w', field {field}: ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(4, 4)]
    [InlineData(0, 0)]
    public void Refuses_a_warp_that_does_not_exist(int warp, int warps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequentialWorkload("w", Ten).Open(warp, warps, 1));
}
