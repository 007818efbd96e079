using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>
/// A cut as the bytes of a file: a head, then for each node its number, sizes, an XxHash128 of its plain state, and the state compressed
/// with deflate. All numbers are little-endian. The manifest has a digest of the whole.
/// </summary>
internal static class PartFile
{
    private const int HeadBytes = 40;
    private const int EntryBytes = 28;
    private const string Damaged = "the file is damaged: go on from another checkpoint, or begin anew without --resume";

    private static ReadOnlySpan<byte> Magic => "HmmSimCk"u8;

    /// <summary>Writes a cut.</summary>
    public static void Write(Stream file, RunCut cut)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        head.Clear();
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], CheckpointManifest.CurrentFormat);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], cut.States.Count);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], cut.Earliest.Picoseconds);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], cut.LastStep.Picoseconds);
        BinaryPrimitives.WriteUInt64LittleEndian(head[32..], XxHash64.HashToUInt64(head[..32]));
        file.Write(head);
        Span<byte> entry = stackalloc byte[EntryBytes];
        MemoryStream compressed = new();
        foreach ((int node, byte[] state) in cut.States)
        {
            compressed.SetLength(0);
            using (DeflateStream deflate = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
            {
                deflate.Write(state);
            }

            BinaryPrimitives.WriteInt32LittleEndian(entry, node);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], state.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], (int)compressed.Length);
            XxHash128.Hash(state, entry[12..]);
            file.Write(entry);
            file.Write(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        }
    }

    /// <summary>Reads a cut.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="CheckpointException">It is none.</exception>
    public static RunCut Read(ReadOnlyMemory<byte> content, string file)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        if (bytes.Length < HeadBytes || !bytes[..8].SequenceEqual(Magic))
        {
            throw new CheckpointException(file, "its begin", "another one", "that of a part of a checkpoint", Damaged);
        }

        int format = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (format != CheckpointManifest.CurrentFormat)
        {
            throw new CheckpointException(file, "format", $"{format}", $"{CheckpointManifest.CurrentFormat}", "go on with the version of hmmsim that wrote it");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]) != XxHash64.HashToUInt64(bytes[..32]))
        {
            throw new CheckpointException(file, "the check of its head", "another one", "that of its bytes", Damaged);
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        SortedDictionary<int, byte[]> states = [];
        int at = HeadBytes;
        for (int entry = 0; entry < count; entry++)
        {
            at += ReadEntry(content[at..], file, states);
        }

        if (at != bytes.Length)
        {
            throw new CheckpointException(file, "size", $"{bytes.Length} bytes", $"{at} bytes", Damaged);
        }

        return new RunCut(
            states,
            new VirtualTime(BinaryPrimitives.ReadInt64LittleEndian(bytes[16..])),
            new VirtualTime(BinaryPrimitives.ReadInt64LittleEndian(bytes[24..])));
    }

    private static int ReadEntry(ReadOnlyMemory<byte> rest, string file, SortedDictionary<int, byte[]> states)
    {
        ReadOnlySpan<byte> bytes = rest.Span;
        if (bytes.Length < EntryBytes)
        {
            throw CutOff(file, bytes.Length, EntryBytes);
        }

        int node = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        int plain = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        int stored = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (plain < 0 || stored < 0 || stored > bytes.Length - EntryBytes)
        {
            throw CutOff(file, bytes.Length - EntryBytes, stored);
        }

        byte[] state = Inflate(rest.Slice(EntryBytes, stored), plain, node, file);
        return XxHash128.Hash(state).AsSpan().SequenceEqual(bytes.Slice(12, 16)) && states.TryAdd(node, state)
            ? EntryBytes + stored
            : throw new CheckpointException(file, $"the check of node {node}", "another one", "that of its state", Damaged);
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> stored, int plain, int node, string file)
    {
        try
        {
            byte[] state = new byte[plain];
            using MemoryStream source = new(stored.ToArray());
            using DeflateStream inflate = new(source, CompressionMode.Decompress);
            inflate.ReadExactly(state);
            return state;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new CheckpointException(file, $"the compressed state of node {node}", exception.Message, $"{plain} bytes", Damaged);
        }
    }

    private static CheckpointException CutOff(string file, int found, int expected) =>
        new(file, "its end", $"{found} bytes after an entry", $"{expected}", Damaged);
}
