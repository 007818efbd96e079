namespace HmmSim.Nodes.Workloads;

/// <summary>Opens trace files, plain or compressed by gzip; the first two bytes tell which, never the name.</summary>
public static class TraceFile
{
    /// <summary>Opens a file for one pass from its begin.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Stream Open(string path)
    {
        // No buffer here: the readers bring large ones of their own.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        try
        {
            return Decompressed(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The plain contents of a stream positioned at its begin; a compressed one is decompressed as it is read.</summary>
    /// <param name="stream">A readable stream that can seek; the result owns it.</param>
    public static Stream Decompressed(Stream stream)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Seek(-read, SeekOrigin.Current);
        return read == 2 && magic is [0x1F, 0x8B] ? new GzipText(stream) : stream;
    }
}
