namespace HmmSim.Cli;

/// <summary>
/// The folder of the reports about a race. Older reports are replaced; a folder with files of any other kind is refused before
/// anything runs.
/// </summary>
internal sealed class ReportFolder
{
    private static readonly string[] OurNames =
        ["schedule.txt", "report.txt", "report.html", "report.json", "sequence.mmd", "shiviz.log", "RaceTest.cs"];

    private readonly string _path;

    private ReportFolder(string path) => _path = path;

    /// <summary>Checks the folder; it need not exist yet. Writes nothing.</summary>
    /// <exception cref="ReportFolderException">It is a file, or holds something that is not ours.</exception>
    public static ReportFolder Open(string path)
    {
        if (File.Exists(path))
        {
            throw new ReportFolderException(
                $"'{path}' is a file (expected a folder for the reports; name another with --output)");
        }

        string? foreign = Directory.Exists(path)
            ? Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)
                .FirstOrDefault(name => !OurNames.Contains(name))
            : null;
        return foreign is null
            ? new ReportFolder(path)
            : throw new ReportFolderException(
                $"'{path}' holds '{foreign}', which is no report (expected an empty, a new or a report folder; name another with "
                    + "--output)");
    }

    /// <summary>Writes the files and returns the path of the folder.</summary>
    /// <exception cref="ReportFolderException">The folder cannot be written to.</exception>
    public string Write(IReadOnlyList<(string Name, string Text)> files)
    {
        try
        {
            Directory.CreateDirectory(_path);
            foreach ((string name, string text) in files)
            {
                File.WriteAllText(Path.Combine(_path, name), text);
            }

            return _path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReportFolderException(
                $"cannot write to '{_path}': {exception.Message} (expected a folder that can be written to; name another with "
                    + "--output)");
        }
    }
}
