using HmmSim.Nodes.Observation;

namespace HmmSim.Cli;

/// <summary>
/// The folder of one result. Checked before the run, written after it: under a temporary name first, so that a
/// <c>result.json</c> is always whole. An older result is replaced; a folder with files of any other kind is refused.
/// </summary>
public sealed class ResultFolder
{
    private const string ResultName = "result.json";
    private const string TemporaryName = "result.json.tmp";

    private readonly string _path;

    private ResultFolder(string path) => _path = path;

    /// <summary>Checks the folder; it need not exist yet. Writes nothing.</summary>
    /// <exception cref="ResultFolderException">It is a file, or holds something that is not ours.</exception>
    public static ResultFolder Open(string path)
    {
        if (File.Exists(path))
        {
            throw new ResultFolderException($"'{path}' is a file (expected a folder for the result; name another with --output)");
        }

        string? foreign = Directory.Exists(path)
            ? Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)
                .FirstOrDefault(name => name is not (ResultName or TemporaryName))
            : null;
        return foreign is null
            ? new ResultFolder(path)
            : throw new ResultFolderException(
                $"'{path}' holds '{foreign}', which is no result (expected an empty, a new or a result folder; name another with --output)");
    }

    /// <summary>Writes the result and returns its path.</summary>
    /// <exception cref="ResultFolderException">The folder cannot be written to.</exception>
    public string Write(RunReport report, RunProvenance provenance) =>
        Write(stream => RunReportWriter.Write(stream, report, provenance));

    /// <summary>Writes a result that is text already, and returns its path.</summary>
    /// <exception cref="ResultFolderException">The folder cannot be written to.</exception>
    public string Write(ReadOnlySpan<byte> text)
    {
        byte[] copy = text.ToArray();
        return Write(stream => stream.Write(copy));
    }

    private string Write(Action<FileStream> write)
    {
        string temporary = Path.Combine(_path, TemporaryName);
        string result = Path.Combine(_path, ResultName);
        try
        {
            Directory.CreateDirectory(_path);
            using (FileStream stream = File.Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, result, overwrite: true);
            return result;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ResultFolderException(
                $"cannot write '{result}': {exception.Message} (expected a folder that can be written to; name another with --output)");
        }
    }
}
