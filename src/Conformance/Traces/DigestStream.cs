using System.IO.Compression;
using System.Security.Cryptography;

namespace HmmSim.Conformance.Traces;

/// <summary>The text of a file, unpacked if its name ends with <c>.gz</c>; digests what was read.</summary>
internal sealed class DigestStream(string file) : Stream
{
    private readonly Stream _inner = OpenText(file);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what is left, and tells the digest of everything in lower-case hexadecimal.</summary>
    public string ReadToDigest()
    {
        byte[] rest = new byte[64 << 10];
        while (Read(rest) > 0)
        {
            // Only the digest is wanted.
        }

        return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int read = _inner.Read(buffer);
            _hash.AppendData(buffer[..read]);
            return read;
        }
        catch (InvalidDataException)
        {
            throw new TraceFormatException(file, 1, string.Empty, "the file is damaged",
                "a whole gzip file, as its name ends with .gz");
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Stream OpenText(string path)
    {
        FileStream file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
