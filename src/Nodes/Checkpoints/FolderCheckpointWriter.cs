namespace HmmSim.Nodes.Checkpoints;

/// <summary>
/// Writes one checkpoint aside: parts, then the manifest, each flushed to the disk; then the folder gets its name. A rename is whole or
/// not at all.
/// </summary>
internal sealed class FolderCheckpointWriter(FolderCheckpointStore store, string path) : ICheckpointWriter
{
    private readonly string _partial = path + FolderCheckpointStore.PartialSuffix;
    private readonly Dictionary<string, FileStream> _parts = new(StringComparer.Ordinal);

    /// <summary>Makes the folder.</summary>
    public void Begin() => Writing(() =>
    {
        Directory.CreateDirectory(store.Name);
        store.RemovePartial();
        Directory.CreateDirectory(_partial);
    });

    /// <inheritdoc/>
    public void Append(string part, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (!_parts.TryGetValue(part, out FileStream? file))
            {
                _parts.Add(part, file = File.Create(Path.Combine(_partial, Path.GetFileName(part))));
            }

            file.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(exception);
        }
    }

    /// <inheritdoc/>
    public void Commit(ReadOnlySpan<byte> manifest)
    {
        Append(FolderCheckpointStore.ManifestName, manifest);
        Writing(() =>
        {
            foreach (FileStream file in _parts.Values)
            {
                file.Flush(flushToDisk: true);
            }

            Close();
            Directory.Move(_partial, path);
            foreach (long old in store.Numbers().SkipLast(2))
            {
                store.Remove(old);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        if (Directory.Exists(_partial))
        {
            Directory.Delete(_partial, recursive: true);
        }
    }

    private void Close()
    {
        foreach (FileStream file in _parts.Values)
        {
            file.Dispose();
        }

        _parts.Clear();
    }

    private void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(exception);
        }
    }

    private CheckpointException Refused(Exception exception) =>
        new(_partial, "the folder", $"not writable ({exception.Message})", "a folder with room for a checkpoint", "name another one with --checkpoint-to");
}
