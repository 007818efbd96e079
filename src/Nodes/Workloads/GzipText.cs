using System.IO.Compression;

namespace HmmSim.Nodes.Workloads;

/// <summary>
/// Decompresses a gzip file and refuses one that is cut off, which <see cref="GZipStream"/> alone reports as a plain end.
/// </summary>
/// <remarks>
/// At the end of the file the decompressor is offered one more, very short gzip member. A complete file may be followed by
/// another member, so its text then comes out; in a file that was cut off, the same bytes are taken for a part of the
/// broken member and something else, or nothing, comes out.
/// </remarks>
internal sealed class GzipText : Stream
{
    private readonly ProbedFile _file;
    private readonly GZipStream _gzip;
    private bool _complete;

    /// <summary>Decompresses a stream from where it stands, and owns it.</summary>
    public GzipText(Stream compressed)
    {
        _file = new ProbedFile(compressed);
        _gzip = new GZipStream(_file, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged or ends inside its compressed data.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_complete || buffer.IsEmpty)
        {
            return 0;
        }

        var read = _gzip.Read(buffer);
        if (read == 0)
        {
            RequireComplete();
            _complete = true;
        }

        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void RequireComplete()
    {
        _file.OfferProbe();
        Span<byte> text = stackalloc byte[ProbedFile.ProbeText.Length + 1];
        var read = _gzip.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        if (!text[..read].SequenceEqual(ProbedFile.ProbeText))
        {
            throw new InvalidDataException("the compressed data has no proper end");
        }
    }

    /// <summary>The file, and behind its end, on demand, the member that serves as a probe.</summary>
    private sealed class ProbedFile(Stream file) : Stream
    {
        private int _probeRead;
        private bool _probing;

        public static ReadOnlySpan<byte> ProbeText => "probe"u8;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        /// <summary>
        /// The probe as a gzip member (RFC 1952): header, one stored block (final, length 5 and its complement), check sum,
        /// length.
        /// </summary>
        private static ReadOnlySpan<byte> Probe =>
        [
            0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF,
            0x01, 5, 0, 0xFA, 0xFF, (byte)'p', (byte)'r', (byte)'o', (byte)'b', (byte)'e',
            0x2A, 0x6F, 0x5E, 0xD7, 5, 0, 0, 0,
        ];

        public void OfferProbe() => _probing = true;

        public override int Read(Span<byte> buffer)
        {
            if (!_probing)
            {
                return file.Read(buffer);
            }

            var count = Math.Min(buffer.Length, Probe.Length - _probeRead);
            Probe.Slice(_probeRead, count).CopyTo(buffer);
            _probeRead += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
