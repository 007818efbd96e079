namespace HmmSim.Conformance.Traces;

/// <summary>Cuts a stream into lines without keeping more than one of them.</summary>
internal sealed class LineReader(Stream stream, string file)
{
    /// <summary>A longer line is refused: the longest of a recorded trace has some 40 KB.</summary>
    public const int LineBytesAtMost = 16 << 20;

    private byte[] _buffer = new byte[64 << 10];
    private int _begin;
    private int _end;
    private bool _isEnded;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Reads the next line, without its end; valid until the next call.</summary>
    /// <exception cref="TraceFormatException">The line is too long.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        int searched = _begin;
        while (true)
        {
            int at = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (at >= 0 || (_isEnded && _begin < _end))
            {
                int end = at >= 0 ? at : _end;
                int length = end - _begin;
                line = _buffer.AsMemory(_begin, length > 0 && _buffer[end - 1] == '\r' ? length - 1 : length);
                _begin = at >= 0 ? at + 1 : _end;
                Line++;
                return true;
            }

            if (_isEnded)
            {
                line = default;
                return false;
            }

            searched = Fill();
        }
    }

    // Returns where the new bytes begin.
    private int Fill()
    {
        int kept = _end - _begin;
        if (kept > LineBytesAtMost)
        {
            throw new TraceFormatException(file, Line
                + 1, string.Empty, "the line is too long", $"at most {LineBytesAtMost >> 20} MiB in a line");
        }

        byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Array.Copy(_buffer, _begin, target, 0, kept);
        (_buffer, _begin, _end) = (target, 0, kept);
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _isEnded = read == 0;
        _end += read;
        return kept;
    }
}
