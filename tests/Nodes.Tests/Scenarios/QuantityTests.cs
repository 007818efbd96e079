using CsCheck;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Scenarios;

/// <summary>Numbers with units.</summary>
public sealed class QuantityTests
{
    private static readonly Gen<long> AnyAmount = Gen.OneOf(Gen.Long[0, long.MaxValue], Gen.Long[0, 1 << 20], Gen.Int[0, 62].Select(bit => 1L << bit));

    [Fact]
    public void A_written_size_reads_back_exactly() => AnyAmount.Sample(bytes =>
        ByteSize.TryParse(new ByteSize(bytes).ToString(), out ByteSize read, out _) && read.Bytes == bytes);

    [Fact]
    public void A_written_time_reads_back_exactly() => AnyAmount.Sample(picoseconds =>
        DurationText.TryParse(DurationText.Format(new VirtualDuration(picoseconds)), out VirtualDuration read, out _) && read.Picoseconds == picoseconds);

    [Fact]
    public void A_written_rate_reads_back_exactly() => AnyAmount.Sample(rate =>
        Bandwidth.TryParse(new Bandwidth(rate).ToString(), out Bandwidth read, out _) && read.BytesPerSecond == rate);

    [Fact]
    public void Any_text_is_read_or_refused_with_a_reason() => Gen.String.Sample(text =>
        ByteSize.TryParse(text, out _, out string problem) != problem.Length > 0);

    [Fact]
    public void A_transfer_takes_the_exact_time_rounded_up() => Gen.Select(Gen.Long[0, 1L << 40], Gen.Long[1_000_000, 1L << 50]).Sample((bytes, rate) =>
    {
        Int128 picoseconds = new Bandwidth(rate).TimeFor(bytes).Picoseconds;
        Int128 exact = (Int128)bytes * 1_000_000_000_000;
        return picoseconds * rate >= exact && (picoseconds - 1) * rate < exact;
    });

    [Fact]
    public void Pages_round_up() => Gen.Long[0, long.MaxValue].Sample(bytes =>
        (UInt128)(ulong)new ByteSize(bytes).Pages * 4096 >= (ulong)bytes
        && (bytes == 0 || ((UInt128)(ulong)new ByteSize(bytes).Pages - 1) * 4096 < (ulong)bytes));

    [Theory]
    [InlineData("64MiB", 67_108_864)]
    [InlineData("1.5 GiB", 1_610_612_736)]
    [InlineData(" 0B ", 0)]
    [InlineData("2kB", 2_000)]
    [InlineData("8388607TiB", 9_223_370_937_343_148_032)]
    public void Sizes(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out ByteSize size, out _));
        Assert.Equal(bytes, size.Bytes);
    }

    [Theory]
    [InlineData("14.9us", 14_900_000)]
    [InlineData("14.9 \u00b5s", 14_900_000)]
    [InlineData("14.9\u03bcs", 14_900_000)]
    [InlineData("0.001ns", 1)]
    [InlineData("2s", 2_000_000_000_000)]
    public void Times(string text, long picoseconds)
    {
        Assert.True(DurationText.TryParse(text, out VirtualDuration span, out _));
        Assert.Equal(picoseconds, span.Picoseconds);
    }

    [Theory]
    [InlineData("12GB/s", 12_000_000_000)]
    [InlineData("100Gbit/s", 12_500_000_000)]
    [InlineData("1MiB/s", 1_048_576)]
    public void Rates(string text, long bytesPerSecond)
    {
        Assert.True(Bandwidth.TryParse(text, out Bandwidth rate, out _));
        Assert.Equal(bytesPerSecond, rate.BytesPerSecond);
    }

    [Theory]
    [InlineData("", "a number and then one of")]
    [InlineData("MiB", "a number and then one of")]
    [InlineData("1.MiB", "a number and then one of")]
    [InlineData("1.2.3MiB", "a number and then one of")]
    [InlineData("12", "a unit after the number")]
    [InlineData("12Mib", "did you mean 'MiB'?")]
    [InlineData("-1MiB", "not negative")]
    [InlineData("0.3B", "a whole number of bytes")]
    [InlineData("9223372036854775808B", "at most 9223372036854775807 bytes")]
    [InlineData("9999999999999999999.999999999999999999TiB", "at most 9223372036854775807 bytes")]
    [InlineData("10000000000000000000000B", "a number and then one of")]
    public void Refused_sizes_say_why(string text, string reason)
    {
        Assert.False(ByteSize.TryParse(text, out _, out string problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tlb_shotdown", "tlb_shootdown")]
    [InlineData("RAM", "ram")]
    [InlineData("rma", "ram")]
    [InlineData("zzz", null)]
    [InlineData("x", null)]
    public void The_nearest_word_is_found(string word, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(word, ["name", "ram", "tlb_shootdown"]));
}
