using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Observation;

/// <summary>
/// A running digest of everything one memory does: each message it handles, with its time, and its counters at the end. Two runs
/// with equal digests did the same.
/// </summary>
/// <remarks>
/// It is a chain: a full buffer is digested, and the digest begins the next buffer. So a checkpoint can hold it; the state of an
/// incremental hash of the library cannot be had.
/// </remarks>
public sealed partial class TraceHash
{
    private const int DigestBytes = 16;
    private const int BufferBytes = 2048;
    private const int RecordBytesMax = 128;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used = DigestBytes;

    /// <summary>Takes in one handled message.</summary>
    public void Add(Message message)
    {
        if (_used > BufferBytes - RecordBytesMax)
        {
            Flush();
        }

        Put((ulong)message.ActsAt.Picoseconds);
        Put(((ulong)message.Source << 32) | (byte)message.Kind);
        Put(message.Block.Value);
        PageMask pages = message.Pages;
        for (int word = 0; word < VirtualBlockNumber.Pages / 64; word++)
        {
            Put(pages.Read(word));
        }
    }

    /// <summary>Takes in one number.</summary>
    public void Add(long number)
    {
        if (_used > BufferBytes - RecordBytesMax)
        {
            Flush();
        }

        Put((ulong)number);
    }

    /// <summary>The digest so far: 16 bytes.</summary>
    public byte[] Digest() => XxHash128.Hash(_buffer.AsSpan(0, _used));

    /// <summary>The digest of several memories' digests, in a fixed order, as 32 hexadecimal digits.</summary>
    public static string Combine(IEnumerable<ReadOnlyMemory<byte>> digests)
    {
        XxHash128 all = new();
        foreach (ReadOnlyMemory<byte> digest in digests)
        {
            all.Append(digest.Span);
        }

        return all.GetCurrentHashAsUInt128().ToString("x32", CultureInfo.InvariantCulture);
    }

    private void Put(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_used), value);
        _used += sizeof(ulong);
    }

    private void Flush()
    {
        UInt128 digest = XxHash128.HashToUInt128(_buffer.AsSpan(0, _used));
        BinaryPrimitives.WriteUInt128LittleEndian(_buffer, digest);
        _used = DigestBytes;
    }
}
