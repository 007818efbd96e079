using System.Text;
using CsCheck;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Tests.Workloads;

/// <summary>A stream restored in the middle continues exactly, and equal seeds (only) give equal streams.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly PageRange Buffer = new(new VirtualPageNumber(7_000), 1_000);

    private readonly string _trace = Path.GetTempFileName();

    public static TheoryData<string> Kinds => ["sequential", "strided", "random", "mixed", "stencil", "chase", "trace"];

    public void Dispose() => File.Delete(_trace);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Restored_stream_continues_where_it_was(string kind)
    {
        var workload = Describe(kind);
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 5], Gen.ULong, Gen.Int[0, 40]).Sample((taken, warps, seed, elsewhere) =>
        {
            warps = kind == "trace" ? 1 : warps;
            using var original = workload.Open(warps - 1, warps, seed);
            Take(original, taken);
            Span<ulong> state = stackalloc ulong[AccessStream.StateWordsMax];
            original.Capture(state);
            var expected = original.Rest();

            using var other = workload.Open(warps - 1, warps, seed);
            Take(other, elsewhere);
            other.Restore(state);
            Assert.Equal(expected, other.Rest());
            Assert.False(other.TryNext(out _));
        }, iter: 100);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Too_short_a_state_is_refused(string kind)
    {
        using var stream = Describe(kind).Open(0, 1, 1);
        Assert.InRange(stream.StateWords, 1, AccessStream.StateWordsMax);
        var shortState = new ulong[stream.StateWords - 1];
        Assert.Throws<ArgumentException>(() => stream.Capture(shortState));
        Assert.Throws<ArgumentException>(() => stream.Restore(shortState));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Equal_descriptions_and_seeds_give_equal_streams(string kind) =>
        Assert.Equal(Describe(kind).Runs(seed: 5), Describe(kind).Runs(seed: 5));

    [Theory]
    [InlineData("random")]
    [InlineData("mixed")]
    [InlineData("chase")]
    public void Seed_and_name_change_random_streams(string kind)
    {
        var workload = Describe(kind);
        Assert.NotEqual(workload.Runs(seed: 5), workload.Runs(seed: 6));
        Assert.NotEqual(workload.Runs(seed: 5), (workload with { Name = "another" }).Runs(seed: 5));
    }

    [Fact]
    public void Warps_draw_different_numbers()
    {
        var workload = new UniformRandomWorkload("r", Buffer, 100, CountScope.PerWarp);
        Assert.NotEqual(workload.Runs(0, 2), workload.Runs(1, 2));
    }

    private static void Take(AccessStream stream, int runs)
    {
        for (var index = 0; index < runs && stream.TryNext(out _); index++)
        {
        }
    }

    private Workload Describe(string kind) => kind switch
    {
        "sequential" => new SequentialWorkload("w", Buffer, Passes: 3, PagesPerTurn: 7),
        "strided" => new StridedWorkload("w", Buffer, 9, Passes: 4),
        "random" => new UniformRandomWorkload("w", Buffer, 800),
        "mixed" => new UniformRandomWorkload("w", Buffer, 800, WritePercent: 40),
        "stencil" => new StencilWorkload("w", new(0), new(5_000), 20, 3_000, 2, 2, WorkPartition.GridStride),
        "chase" => new PointerChaseWorkload("w", Buffer, 1_500),
        "trace" => new LackeyTraceWorkload("w", Trace(), new LackeyTraceOptions(700)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// Lines of all kinds on few pages, so that positions fall inside merged runs and between the pages of crossings.
    /// </summary>
    private string Trace()
    {
        var random = new SplitMix64(3);
        var text = new StringBuilder("==1== banner\n");
        for (var line = 0; line < 600; line++)
        {
            text.Append($"{" L S MI "[(int)(random.Below(4) * 2)..][..2]} {random.Below(3) * 0xFFE:x8},{1 + random.Below(8)}\n");
        }

        File.WriteAllText(_trace, text.ToString());
        return _trace;
    }
}
