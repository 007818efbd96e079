namespace HmmSim.Conformance.Traces;

/// <summary>
/// Reads a trace file (JSON lines) as a stream: a header, then one script a line. Strict: what the format does not allow is
/// refused with file, line and field.
/// </summary>
public sealed class TraceReader
{
    private readonly LineReader _lines;
    private readonly string _file;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The text; the caller disposes of it.</param>
    /// <param name="file">The name of the file for messages.</param>
    /// <exception cref="TraceFormatException">The first line is no header.</exception>
    public TraceReader(Stream stream, string file)
    {
        _file = file;
        _lines = new LineReader(stream, file);
        Header = _lines.TryRead(out ReadOnlyMemory<byte> line)
            ? LineParser.ParseHeader(file, 1, line)
            : throw new TraceFormatException(file, 1, string.Empty, "the file is empty",
                "the first line of a trace file: {\"meta\":1,...}");
    }

    /// <summary>The first line.</summary>
    public TraceHeader Header { get; }

    /// <summary>The scripts that have not been read yet.</summary>
    /// <exception cref="TraceFormatException">A line is no script.</exception>
    public IEnumerable<TraceScript> ReadScripts()
    {
        while (_lines.TryRead(out ReadOnlyMemory<byte> line))
        {
            yield return LineParser.ParseScript(_file, _lines.Line, line);
        }
    }
}
