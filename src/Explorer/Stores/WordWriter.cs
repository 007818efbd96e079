using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace HmmSim.Explorer.Stores;

/// <summary>Writes a file of 64-bit words, lowest byte first, that ends with a checksum of all before it.</summary>
internal sealed class WordWriter(Stream stream) : IDisposable
{
    private readonly BufferedStream _stream = new(stream, 1 << 16);
    private readonly XxHash3 _checksum = new();

    public void Write(ulong word) => Write([word]);

    public void Write(ReadOnlySpan<ulong> words) => WriteBytes(MemoryMarshal.AsBytes(words));

    /// <summary>A text: its length in bytes, then its UTF-8 bytes, filled up to whole words.</summary>
    public void Write(string text) => WriteContent(Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes: how many, then they, filled up to whole words.</summary>
    public void WriteContent(byte[] bytes)
    {
        Write((ulong)bytes.Length);
        WriteBytes(bytes);
        WriteBytes(new byte[-bytes.Length & 7]);
    }

    /// <summary>Writes the checksum; nothing may follow.</summary>
    public void Complete()
    {
        ulong checksum = _checksum.GetCurrentHashAsUInt64();
        _stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in checksum)));
        _stream.Flush();
    }

    public void Dispose() => _stream.Dispose();

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        _checksum.Append(bytes);
        _stream.Write(bytes);
    }
}
