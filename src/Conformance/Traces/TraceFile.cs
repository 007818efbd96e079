namespace HmmSim.Conformance.Traces;

/// <summary>A trace file on the disk, plain or compressed with gzip (<c>.gz</c>).</summary>
public sealed class TraceFile : IDisposable
{
    private readonly DigestStream _stream;

    private TraceFile(DigestStream stream, string path)
    {
        _stream = stream;
        Reader = new TraceReader(stream, path);
    }

    /// <summary>Reads its scripts.</summary>
    public TraceReader Reader { get; }

    /// <summary>Opens a file and reads its first line.</summary>
    /// <exception cref="TraceFormatException">It cannot be read, or its first line is no header.</exception>
    public static TraceFile Open(string path)
    {
        DigestStream? stream = null;
        try
        {
            stream = new DigestStream(path);
            return new TraceFile(stream, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            string problem = exception is FileNotFoundException or DirectoryNotFoundException ? "the file does not exist"
                : "the file cannot be read";
            throw new TraceFormatException(path, 1, string.Empty, problem,
                "a trace file such as tests/Conformance.Tests/Recordings/traces.jsonl.gz");
        }
        catch (TraceFormatException)
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>Reads the rest of the file and tells the SHA-256 of its text, uncompressed, in lower-case hexadecimal.</summary>
    public string ReadToDigest() => _stream.ReadToDigest();

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
