using System.Globalization;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>
/// Checkpoints in a folder, each a folder of its own: <c>checkpoint-000007/manifest.json</c> and its parts beside. One that is being
/// written is called <c>checkpoint-000007.partial</c>.
/// </summary>
public sealed class FolderCheckpointStore : ICheckpointStore
{
    internal const string ManifestName = "manifest.json";
    internal const string PartialSuffix = ".partial";
    private const string Prefix = "checkpoint-";
    private readonly string _folder;

    private FolderCheckpointStore(string folder) => _folder = folder;

    /// <inheritdoc/>
    public string Name => _folder;

    /// <summary>Checks the folder; it need not exist yet. Writes nothing.</summary>
    /// <exception cref="CheckpointException">It is a file, or holds something that is no checkpoint.</exception>
    public static FolderCheckpointStore Open(string folder)
    {
        if (File.Exists(folder))
        {
            throw new CheckpointException(folder, "the path", "a file", "a folder for checkpoints", "name another one");
        }

        string? foreign = Directory.Exists(folder)
            ? Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)
                .FirstOrDefault(name => NumberOf(name.EndsWith(PartialSuffix, StringComparison.Ordinal) ? name[..^PartialSuffix.Length] : name) is null)
            : null;
        return foreign is null
            ? new FolderCheckpointStore(folder)
            : throw new CheckpointException(
                folder, "its content", $"'{foreign}', which is no checkpoint", "an empty, a new or a folder of checkpoints", "name another one");
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Numbers() => Directory.Exists(_folder)
        ? [.. Directory.EnumerateDirectories(_folder).Select(path => NumberOf(Path.GetFileName(path))).OfType<long>().Order()]
        : [];

    /// <inheritdoc/>
    public string NameOf(long number, string file) => Path.Combine(PathOf(number), file);

    /// <inheritdoc/>
    public byte[] ReadManifest(long number) => Reading(NameOf(number, ManifestName), File.ReadAllBytes);

    /// <inheritdoc/>
    public byte[] ReadPiece(long number, string part, long offset, int bytesAtMost) => Reading(NameOf(number, Path.GetFileName(part)), path =>
    {
        using FileStream file = File.OpenRead(path);
        byte[] piece = new byte[Math.Clamp(file.Length - offset, 0, bytesAtMost)];
        file.Seek(offset, SeekOrigin.Begin);
        file.ReadExactly(piece);
        return piece;
    });

    /// <inheritdoc/>
    public ICheckpointWriter Begin(long number)
    {
        FolderCheckpointWriter writer = new(this, PathOf(number));
        writer.Begin();
        return writer;
    }

    /// <summary>Removes a complete checkpoint: its manifest first, so that no half of one is ever taken for a whole.</summary>
    internal void Remove(long number)
    {
        File.Delete(NameOf(number, ManifestName));
        Directory.Delete(PathOf(number), recursive: true);
    }

    /// <summary>Removes what was never completed.</summary>
    internal void RemovePartial()
    {
        foreach (string path in Directory.EnumerateDirectories(_folder, $"{Prefix}*{PartialSuffix}"))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static byte[] Reading(string path, Func<string, byte[]> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string found = exception is FileNotFoundException or DirectoryNotFoundException ? "missing" : $"unreadable ({exception.Message})";
            throw new CheckpointException(
                path, "the file", found, "a file of a complete checkpoint", "go on from another checkpoint, or begin anew without --resume");
        }
    }

    private static long? NumberOf(string name) => name.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private string PathOf(long number) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:d6}"));
}
