using System.IO.Compression;
using System.Text;
using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Tests.Workloads;

/// <summary>What the reader makes of each kind of line.</summary>
public class LackeyTraceReaderTests
{
    [Theory]
    [InlineData("I  0401ab70,3\n", "16410x1R")]
    [InlineData(" L 04222caf,8\n", "16930x1R")]
    [InlineData(" S 1fff000548,8\n", "33550336x1W")]
    [InlineData(" M 0421d7cc,4\n", "16925x2W")]
    [InlineData(" S 0,1\n", "0x1W")]
    [InlineData(" S 1ffffffffffffff,1\n", "35184372088831x1W")]
    [InlineData(" S 00000000000000000000001000,1\n", "1x1W")]
    public void Maps_each_kind(string text, string expected) => Assert.Equal(expected, Read(text).Text());

    [Theory]
    [InlineData(" L 00001ffc,4\n", "1x1R")]
    [InlineData(" L 00001ffd,4\n", "1x1R 2x1R")]
    [InlineData(" M 00001fff,8\n", "1x2W 2x2W")]
    [InlineData(" S 00001001,4096\n", "1x1W 2x1W")]
    [InlineData(" L 00001000,8\n L 00001ffd,4\n L 00002000,8\n", "1x2R 2x2R")]
    [InlineData(" L 00001ffd,4\n L 00001ffd,4\n", "1x1R 2x1R 1x1R 2x1R")]
    public void Crossing_a_page_boundary_touches_both_pages(string text, string expected) =>
        Assert.Equal(expected, Read(text).Text());

    [Theory]
    [InlineData("I  00001000,3\n L 00001008,8\nI  00001003,2\n", "1x3R")]
    [InlineData(" L 00001000,8\n S 00001000,8\n M 00001008,8\n L 00001000,8\n", "1x1R 1x3W 1x1R")]
    [InlineData(" L 00001000,8\n L 00002000,8\n L 00001000,8\n", "1x1R 2x1R 1x1R")]
    public void Repeats_of_page_and_kind_merge(string text, string expected) => Assert.Equal(expected, Read(text).Text());

    [Fact]
    public void Banner_and_empty_lines_are_skipped_and_the_last_line_feed_may_lack() =>
        Assert.Equal("1x2R", Read("==12== Lackey, an example\n==12== \n\n L 00001000,8\n\n==12== \n L 00001000,8").Text());

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1x1R")]
    [InlineData(2, "1x2R")]
    [InlineData(3, "1x2R 1x1W")]
    [InlineData(4, "1x2R 1x2W")]
    [InlineData(5, "1x2R 1x2W 2x1W")]
    [InlineData(100, "1x2R 1x2W 2x2W")]
    public void Limit_counts_accesses(int limit, string expected) =>
        Assert.Equal(expected, Read(" L 00001000,8\n L 00001000,8\n M 00001fff,2\n", new(limit)).Text());

    [Fact]
    public void Nothing_behind_the_limit_is_read() =>
        Assert.Equal("1x1R", Read(" L 00001000,8\nrubbish\n", new(1)).Text());

    [Fact]
    public void Offset_moves_all_pages() =>
        Assert.Equal("1001x2W 1002x2W", Read(" M 00001fff,2\n", new(long.MaxValue, 1_000)).Text());

    [Fact]
    public void Instruction_fetches_can_be_left_out() =>
        Assert.Equal("1x2R", Read(" L 00001000,8\nI  00009000,3\n L 00001000,8\n", new(long.MaxValue, 0, false)).Text());

    [Theory]
    [InlineData(" L 1000,8\r\n", 1, "'\\r'")]
    [InlineData(" L 1000,8\nhello world\n", 2, "'hello world'")]
    [InlineData(" L 1000,8\n\n==1== x\n L 1000;8\n", 4, "' L 1000;8'")]
    [InlineData(" l 1000,8\n", 1, "' l 1000,8'")]
    [InlineData(" L 0x1000,8\n", 1, "' L 0x1000,8'")]
    [InlineData(" L 1000AB,8\n", 1, "' L 1000AB,8'")]
    [InlineData(" L ,8\n", 1, "' L ,8'")]
    [InlineData(" L 1000,\n", 1, "' L 1000,'")]
    [InlineData(" L 1000,8 \n", 1, "' L 1000,8 '")]
    [InlineData(" L 1000,-8\n", 1, "' L 1000,-8'")]
    [InlineData("I 1000,8\n", 1, "'I 1000,8'")]
    [InlineData("  I 1000,8\n", 1, "'  I 1000,8'")]
    [InlineData(" I 1000,8\n", 1, "' I 1000,8'")]
    [InlineData("== no banner\n", 1, "'== no banner'")]
    [InlineData(" L 0401", 1, "' L 0401'")]
    [InlineData("\t\u0001é\n", 1, "'\\t???'")]
    public void Malformed_line_is_named(string text, long line, string found)
    {
        var problem = Assert.Throws<TraceFormatException>(() => Read(text));
        Assert.Equal("t.lackey", problem.File);
        Assert.Equal(line, problem.Line);
        Assert.StartsWith($"t.lackey:{line}: expected ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(found.Trim('\''), problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" L 200000000000000,8\n", "57 bits")]
    [InlineData(" L ffffffffffffffff,8\n", "57 bits")]
    [InlineData(" L 10000000000000000000000,8\n", "57 bits")]
    [InlineData(" L 1ffffffffffffff,2\n", "57 bits")]
    [InlineData(" L 1000,0\n", "size of 1 to 4096")]
    [InlineData(" L 1000,4097\n", "size of 1 to 4096")]
    [InlineData(" L 1000,99999999999999999999999\n", "size of 1 to 4096")]
    [InlineData(" L 1000,8\r\n", "dos2unix")]
    [InlineData("Hello\n", "--log-file")]
    [InlineData("", "' L ADDR,SIZE'")]
    [InlineData("==1== only banner\n", "' L ADDR,SIZE'")]
    public void Message_says_what_was_expected(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<TraceFormatException>(() => Read(text)).Expected, StringComparison.Ordinal);

    [Fact]
    public void Offset_that_leaves_the_address_space_is_refused()
    {
        var options = new LackeyTraceOptions(long.MaxValue, (1L << 45) - 2);
        Assert.Equal("35184372088831x1R", Read(" L 1000,8\n", options).Text());
        var problem = Assert.Throws<TraceFormatException>(() => Read(" L 2000,8\n", options));
        Assert.Contains("offset", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_offending_text_is_shortened()
    {
        var problem = Assert.Throws<TraceFormatException>(() => Read(new string('x', 5_000) + "\n"));
        Assert.Equal("'" + new string('x', 60) + "...'", problem.Found);
    }

    [Fact]
    public void Line_without_end_is_refused()
    {
        var problem = Assert.Throws<TraceFormatException>(() => Read(" L 1000,8\n" + new string('x', 1_000_000)));
        Assert.Equal(2, problem.Line);
        Assert.Contains("131072 bytes", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_comes_again_when_asked_again()
    {
        using var reader = new LackeyTraceReader(
            "t", () => new MemoryStream("rubbish\n"u8.ToArray()), LackeyTraceOptions.Default);
        Assert.Throws<TraceFormatException>(() => reader.TryNext(out _));
        Assert.Equal(1, Assert.Throws<TraceFormatException>(() => reader.TryNext(out _)).Line);
    }

    [Fact]
    public void Gzip_equals_plain_whatever_the_name()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(line => $" L {line * 512:x8},8\n")));
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, text);
            var plain = new LackeyTraceWorkload("t", path, LackeyTraceOptions.Default).Runs();
            File.WriteAllBytes(path, Gzip(text));
            Assert.Equal(plain, new LackeyTraceWorkload("t", path, LackeyTraceOptions.Default).Runs());
            Assert.Equal(6_250, plain.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Cut_off_gzip_is_refused_wherever_it_is_cut()
    {
        var random = new SplitMix64(1);
        var text = string.Concat(Enumerable.Range(0, 200).Select(_ => $" L {random.Below(1 << 27) * 8:x8},8\n"));
        var whole = Gzip(Encoding.ASCII.GetBytes(text));
        for (var length = 2; length < whole.Length; length++)
        {
            Assert.Throws<TraceFormatException>(() => ReadBytes(whole[..length]));
        }

        Assert.Equal(200, ReadBytes(whole).Sum(run => run.AccessesPerPage));
    }

    [Fact]
    public void Damaged_gzip_names_the_line_it_reached()
    {
        var whole = Gzip(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(" L 1000,8\n", 100_000))));
        var problem = Assert.Throws<TraceFormatException>(() => ReadBytes(whole[..(whole.Length / 2)]));
        Assert.Contains("cut off or damaged", problem.Found, StringComparison.Ordinal);
        Assert.InRange(problem.Line, 2, 100_000);
    }

    /// <summary>Files of several members (cat a.gz b.gz, bgzip) are one text, wherever buffers of the decompressor end.</summary>
    [Fact]
    public void Members_of_a_gzip_file_are_read_one_after_the_other()
    {
        var random = new SplitMix64(1);
        for (var members = 1; members <= 40; members++)
        {
            byte[] bytes = [];
            for (var member = 0; member < members; member++)
            {
                var lines = string.Concat(Enumerable.Range(0, 150).Select(_ => $" L {random.Below(1 << 27) * 8:x8},8\n"));
                bytes = [.. bytes, .. Gzip(Encoding.ASCII.GetBytes(lines))];
            }

            Assert.Equal(150 * members, ReadBytes(bytes).Sum(run => run.AccessesPerPage));
            Assert.Throws<TraceFormatException>(() => ReadBytes(bytes[..^1]));
        }
    }

    /// <summary>
    /// The decompressor reads 8 KiB at a time: a file that ends with such a buffer is as complete as any other.
    /// </summary>
    [Fact]
    public void Gzip_files_of_all_sizes_around_a_buffer_are_complete()
    {
        var sizes = new HashSet<int>();
        foreach (var padding in Enumerable.Range(8_100, 120).Concat(Enumerable.Range(16_290, 120)))
        {
            var text = $"==1=={new string('x', padding)}\n L 1000,8\n";
            var bytes = Gzip(Encoding.ASCII.GetBytes(text), CompressionLevel.NoCompression);
            sizes.Add(bytes.Length);
            Assert.Single(ReadBytes(bytes));
            Assert.Throws<TraceFormatException>(() => ReadBytes(bytes[..^1]));
        }

        Assert.Superset(new HashSet<int> { 8_191, 8_192, 8_193, 16_383, 16_384, 16_385 }, sizes);
    }

    [Fact]
    public void A_trace_belongs_to_one_thread()
    {
        var path = Path.GetTempFileName();
        try
        {
            var workload = new LackeyTraceWorkload("t", path, LackeyTraceOptions.Default);
            var problem = Assert.Throws<WorkloadException>(() => workload.Open(0, 2, 1));
            Assert.Contains("one thread", problem.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Gzip_restores_in_the_middle()
    {
        var lines = Enumerable.Range(0, 50_000).Select(line => $" L {line * 4096:x8},8\n");
        var bytes = Gzip(Encoding.ASCII.GetBytes(string.Concat(lines)));
        using var reader = new LackeyTraceReader(
            "t", () => TraceFile.Decompressed(new MemoryStream(bytes)), LackeyTraceOptions.Default);
        for (var run = 0; run < 30_000; run++)
        {
            Assert.True(reader.TryNext(out _));
        }

        Span<ulong> state = stackalloc ulong[AccessStream.StateWordsMax];
        reader.Capture(state);
        var expected = reader.Rest();
        Assert.Equal(20_000, expected.Count);
        reader.Restore(state);
        Assert.Equal(expected, reader.Rest());
    }

    private static List<AccessRun> Read(string text) => Read(text, LackeyTraceOptions.Default);

    private static List<AccessRun> Read(string text, LackeyTraceOptions options)
    {
        using var reader = new LackeyTraceReader("t.lackey", () => new MemoryStream(Encoding.UTF8.GetBytes(text)), options);
        return reader.Rest();
    }

    private static List<AccessRun> ReadBytes(byte[] bytes)
    {
        using var reader = new LackeyTraceReader(
            "t.gz", () => TraceFile.Decompressed(new MemoryStream(bytes)), LackeyTraceOptions.Default);
        return reader.Rest();
    }

    private static byte[] Gzip(byte[] plain, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, level))
        {
            gzip.Write(plain);
        }

        return target.ToArray();
    }
}
