namespace HmmSim.Nodes.Checkpoints;

/// <summary>Whether a run goes on from a checkpoint, and which it takes: nothing here changes a result.</summary>
public sealed record CheckpointSettings
{
    /// <summary>The checkpoint that the run goes on from; null to begin at time zero.</summary>
    public SavedCheckpoint? From { get; init; }

    /// <summary>Where new ones go; null for none.</summary>
    public ICheckpointStore? Store { get; init; }

    /// <summary>Wall time from one to the next, at least.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The largest share of the wall time for which the run stands still for checkpoints, above 0 and up to 1: whatever <see cref="Every"/>
    /// says, one that took long puts the next off.
    /// </summary>
    public double LargestPauseShare { get; init; } = 0.05;

    /// <summary>Told in words of each checkpoint; from any thread.</summary>
    public Action<string> Note { get; init; } = static _ => { };

    /// <summary>Counts them.</summary>
    public CheckpointTally Tally { get; init; } = new();

    /// <summary>The earliest time of the next cut, in milliseconds of <see cref="Environment.TickCount64"/>, after one with a pause.</summary>
    internal long NotBefore(TimeSpan pause) => Environment.TickCount64 + (long)(pause / LargestPauseShare).TotalMilliseconds;
}
