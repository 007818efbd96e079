using System.Text;
using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Tests.Workloads;

/// <summary>A trace of any length is read in constant memory.</summary>
public class LackeyTraceStreamingTests
{
    [Fact]
    public void Two_hundred_megabytes_need_no_more_memory_than_two()
    {
        var small = Allocated(2L << 20);
        var large = Allocated(200L << 20);
        Assert.InRange(large, 0, small + 100_000);
        Assert.InRange(small, 1, 1 << 20);
    }

    private static long Allocated(long length)
    {
        var source = new RepeatingStream(length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var reader = new LackeyTraceReader("endless", () => source, LackeyTraceOptions.Default);
        long accesses = 0;
        while (reader.TryNext(out var run))
        {
            accesses += run.Accesses;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Each repeat of 48 bytes holds a fetch, a store and a modification.
        Assert.Equal(length / 48 * 4, accesses);
        return allocated;
    }

    /// <summary>The same three lines over and over, in reads of odd sizes, without ever holding them all.</summary>
    private sealed class RepeatingStream(long length) : Stream
    {
        private static readonly byte[] Pattern = Encoding.ASCII.GetBytes("I  0401ab70,3\n S 1fff000548,8\n M 001fff000ff8,8\n");

        private readonly long _length = length / 48 * 48;
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => _length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(Math.Min(buffer.Length, 9_973), _length - _position);
            var offset = (int)(_position % Pattern.Length);
            for (var filled = 0; filled < count;)
            {
                var part = Math.Min(count - filled, Pattern.Length - offset);
                Pattern.AsSpan(offset, part).CopyTo(buffer[filled..]);
                filled += part;
                offset = 0;
            }

            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
