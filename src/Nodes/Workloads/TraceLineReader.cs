namespace HmmSim.Nodes.Workloads;

/// <summary>Cuts a text file into lines in constant memory, and knows where it is so that it can come back there.</summary>
/// <param name="file">Name of the file in messages.</param>
/// <param name="open">Opens the plain text at its begin; called at once and again for each <see cref="Restore"/>.</param>
internal sealed class TraceLineReader(string file, Func<Stream> open) : IDisposable
{
    /// <summary>Bytes read at once, and the longest line there can be (banner lines carry the traced command).</summary>
    private const int BufferBytes = 1 << 17;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private Stream _stream = open();
    private bool _ended;

    /// <summary>Unread bytes of the buffer are those from head to tail.</summary>
    private int _head;
    private int _tail;

    /// <summary>Offset in the plain text of the first byte of the buffer.</summary>
    private long _bufferOffset;

    /// <summary>Offset in the plain text of the line that <see cref="TryPeek"/> shows.</summary>
    public long Offset => _bufferOffset + _head;

    /// <summary>Number, from 1, of the line that <see cref="TryPeek"/> shows.</summary>
    public long LineNumber { get; private set; } = 1;

    /// <summary>Shows the next line without its line feed; the last line may lack one.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TraceFormatException">The line is too long, or the compressed file is damaged or cut off.</exception>
    public bool TryPeek(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var unread = _buffer.AsSpan(_head, _tail - _head);
            var length = unread[searched..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = unread[..(searched + length)];
                return true;
            }

            searched = unread.Length;
            if (_ended)
            {
                line = unread;
                return !unread.IsEmpty;
            }

            Fill();
        }
    }

    /// <summary>Passes the line that <see cref="TryPeek"/> showed.</summary>
    public void Advance(int lineLength)
    {
        // The last line may have no line feed to pass.
        _head = Math.Min(_head + lineLength + 1, _tail);
        LineNumber++;
    }

    /// <summary>Opens the file again and goes to a line whose offset and number were noted before.</summary>
    public void Restore(long offset, long lineNumber)
    {
        _stream.Dispose();
        _stream = open();
        _ended = false;
        _head = 0;
        _tail = 0;
        LineNumber = lineNumber;
        _bufferOffset = offset;
        if (_stream.CanSeek)
        {
            _stream.Seek(offset, SeekOrigin.Current);
            return;
        }

        while (offset > 0)
        {
            var read = Read(_buffer.AsSpan(0, (int)Math.Min(offset, BufferBytes)));
            if (read == 0)
            {
                throw new TraceFormatException(
                    file,
                    lineNumber,
                    $"{offset} more bytes before this line, as when the position was saved",
                    "the end of the file");
            }

            offset -= read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Fill()
    {
        if (_head == 0 && _tail == BufferBytes)
        {
            throw new TraceFormatException(
                file, LineNumber, $"a line of at most {BufferBytes} bytes", "a longer one; is this a text file?");
        }

        _buffer.AsSpan(_head, _tail - _head).CopyTo(_buffer);
        _bufferOffset += _head;
        _tail -= _head;
        _head = 0;
        var read = Read(_buffer.AsSpan(_tail));
        _ended = read == 0;
        _tail += read;
    }

    private int Read(Span<byte> target)
    {
        try
        {
            return _stream.Read(target);
        }
        catch (InvalidDataException damage)
        {
            throw new TraceFormatException(
                file,
                LineNumber,
                "more compressed data",
                $"a gzip file that is cut off or damaged ({damage.Message}); copy or record it again",
                damage);
        }
    }
}
