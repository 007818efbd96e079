namespace HmmSim.Nodes.Checkpoints;

/// <summary>The kinds of stores, by the name that a user gives.</summary>
public static class CheckpointStores
{
    private const string SqlitePrefix = "sqlite:";

    /// <summary>Opens a store for reading and writing; it need not exist yet.</summary>
    /// <param name="name">A folder, or <c>sqlite:FILE</c>.</param>
    /// <exception cref="CheckpointException">It is none.</exception>
    public static ICheckpointStore Open(string name) => name.StartsWith(SqlitePrefix, StringComparison.Ordinal)
        ? SqliteCheckpointStore.Open(name[SqlitePrefix.Length..])
        : FolderCheckpointStore.Open(name);

    /// <summary>Refuses to write checkpoints of a run where those of another one lie.</summary>
    /// <exception cref="CheckpointException">They do.</exception>
    public static void RequireFreeFor(ICheckpointStore store, CheckpointIdentity run)
    {
        if (store.Numbers() is not [.., long latest])
        {
            return;
        }

        SavedCheckpoint found;
        try
        {
            found = SavedCheckpoint.Open(store, latest);
        }
        catch (CheckpointException exception)
        {
            throw new CheckpointException(
                store.Name,
                "its latest checkpoint",
                $"unusable ({exception.Message})",
                "one of this run, or none",
                "name another store with --checkpoint-to");
        }

        if (found.Manifest.Identity != run)
        {
            throw new CheckpointException(
                store.Name,
                "its latest checkpoint",
                $"one of '{found.Manifest.ScenarioName}' with seed {found.Manifest.Identity.Seed} by {found.Manifest.Identity.Program}",
                "one of this run, or none",
                "name another store with --checkpoint-to");
        }
    }
}
