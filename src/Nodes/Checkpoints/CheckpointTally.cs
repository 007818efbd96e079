namespace HmmSim.Nodes.Checkpoints;

/// <summary>What checkpoints have cost this process so far. Any thread.</summary>
public sealed class CheckpointTally
{
    private long _taken;
    private long _bytes;
    private long _pauseTicks;

    /// <summary>Cuts taken.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Bytes of their compressed parts.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Time in which the simulation stood still for them; they are compressed and written while it goes on.</summary>
    public TimeSpan Pause => new(Volatile.Read(ref _pauseTicks));

    /// <summary>Counts a cut.</summary>
    internal void CountCut(TimeSpan pause)
    {
        Interlocked.Increment(ref _taken);
        Interlocked.Add(ref _pauseTicks, pause.Ticks);
    }

    /// <summary>Counts a part.</summary>
    internal void CountPart(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
