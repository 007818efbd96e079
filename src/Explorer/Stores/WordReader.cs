using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace HmmSim.Explorer.Stores;

/// <summary>Reads what <see cref="WordWriter"/> has written.</summary>
internal sealed class WordReader(Stream stream) : IDisposable
{
    private readonly BufferedStream _stream = new(stream, 1 << 16);

    /// <summary>Whether a file ends with the checksum of all before it.</summary>
    public static bool IsWhole(string file)
    {
        using FileStream stream = File.OpenRead(file);
        long rest = stream.Length - sizeof(ulong);
        XxHash3 checksum = new();
        byte[] buffer = new byte[1 << 16];
        while (rest > 0)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, rest));
            if (read == 0)
            {
                return false;
            }

            checksum.Append(buffer.AsSpan(0, read));
            rest -= read;
        }

        return rest == 0
            && stream.ReadAtLeast(buffer, sizeof(ulong), throwOnEndOfStream: false) == sizeof(ulong)
            && BinaryPrimitives.ReadUInt64LittleEndian(buffer) == checksum.GetCurrentHashAsUInt64();
    }

    public ulong Read()
    {
        ulong word = 0;
        Read(new Span<ulong>(ref word));
        return word;
    }

    public void Read(Span<ulong> words) => _stream.ReadExactly(MemoryMarshal.AsBytes(words));

    public string ReadText() => Encoding.UTF8.GetString(ReadContent());

    public byte[] ReadContent()
    {
        byte[] bytes = new byte[checked((int)Read())];
        _stream.ReadExactly(bytes);
        _stream.ReadExactly(new byte[-bytes.Length & 7]);
        return bytes;
    }

    public void Dispose() => _stream.Dispose();
}
