using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>The checkpoints of a run over all its attempts.</summary>
/// <param name="scenario">What runs.</param>
/// <param name="settings">Whether it takes checkpoints, and from which it begins.</param>
internal sealed class RunCheckpoints(Scenario scenario, CheckpointSettings settings)
{
    private readonly Stack<SavedCheckpoint> _usable = new(settings.From is { } from ? [from] : []);
    private CheckpointNumbers? _numbers;

    /// <summary>What was asked for.</summary>
    public CheckpointSettings Settings { get; } = settings;

    /// <summary>Numbers and manifests of new checkpoints; only where there is a store.</summary>
    public CheckpointNumbers Numbers => _numbers ??= new CheckpointNumbers(scenario, Settings.Store!);

    /// <summary>Whether there is one to go on from.</summary>
    public bool HasAny => _usable.Count > 0;

    /// <summary>A checkpoint is complete: the next attempt goes on from it.</summary>
    public void Add(SavedCheckpoint checkpoint) => _usable.Push(checkpoint);

    /// <summary>
    /// The latest one whose parts are what they were; null if there is none. One that has been damaged meanwhile is told, and the one
    /// before is taken.
    /// </summary>
    public SavedCheckpoint? Latest(Action<string> note)
    {
        while (_usable.TryPeek(out SavedCheckpoint? latest))
        {
            try
            {
                latest.Verify();
                return latest;
            }
            catch (CheckpointException exception)
            {
                note($"checkpoint {latest.Manifest.Number} cannot be used: {exception.Message}");
                _usable.Pop();
            }
        }

        return null;
    }
}
