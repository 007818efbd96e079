using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cli;

/// <summary>What the user asked of checkpoints.</summary>
/// <param name="Every">Wall time between two; null for none.</param>
/// <param name="To">The store for them; null for the default.</param>
/// <param name="Resume">The store to go on from; null to begin at time zero.</param>
internal sealed record CheckpointRequest(TimeSpan? Every, string? To, string? Resume)
{
    /// <summary>No checkpoints.</summary>
    public static readonly CheckpointRequest None = new(null, null, null);

    /// <summary>Whether anything was asked for.</summary>
    public bool IsAny => Every is not null || Resume is not null;

    /// <summary>The latest checkpoint of the store to go on from, of this version of the program; null if none was named.</summary>
    /// <exception cref="CheckpointException">There is none that can be used.</exception>
    public SavedCheckpoint? OpenResume()
    {
        if (Resume is null)
        {
            return null;
        }

        SavedCheckpoint from = SavedCheckpoint.Latest(CheckpointStores.Open(Resume));
        from.RequireProgram();
        return from;
    }

    /// <summary>The settings for a run. Everything that can be refused is refused here, before it begins.</summary>
    /// <param name="scenario">What runs.</param>
    /// <param name="from">The checkpoint to go on from.</param>
    /// <param name="note">Told of each checkpoint.</param>
    /// <exception cref="CheckpointException">The checkpoint is damaged or of another run, or the store is of no use.</exception>
    public CheckpointSettings? SettingsFor(Scenario scenario, SavedCheckpoint? from, Action<string> note)
    {
        if (!IsAny)
        {
            return null;
        }

        CheckpointIdentity run = CheckpointIdentity.Of(scenario);
        from?.RequireOf(run);
        from?.Verify();
        CheckpointSettings settings = new() { From = from, Note = note };
        if (Every is not { } every)
        {
            return settings;
        }

        ICheckpointStore store = CheckpointStores.Open(To ?? Resume ?? Path.Combine("checkpoints", $"{scenario.Name}-{scenario.Seed}"));
        CheckpointStores.RequireFreeFor(store, run);
        return settings with { Store = store, Every = every };
    }
}
