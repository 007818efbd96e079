namespace HmmSim.Nodes.Cluster.Exchange;

/// <summary>What the exchange with other members has cost so far; written by the leading thread of a run, read by any.</summary>
internal sealed class ExchangeCounters
{
    private long _meetings;
    private long _frames;
    private long _bytes;
    private long _events;
    private long _waitTicks;

    /// <summary>Meetings held.</summary>
    public long Meetings => Volatile.Read(ref _meetings);

    /// <summary>Frames sent.</summary>
    public long Frames => Volatile.Read(ref _frames);

    /// <summary>Bytes in them.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Timed messages in them.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Time waited for frames of others.</summary>
    public TimeSpan Wait => new(Volatile.Read(ref _waitTicks));

    /// <summary>Counts a meeting.</summary>
    public void CountMeeting() => Volatile.Write(ref _meetings, _meetings + 1);

    /// <summary>Counts a frame that is sent.</summary>
    public void CountFrame(int bytes, int events)
    {
        Volatile.Write(ref _frames, _frames + 1);
        Volatile.Write(ref _bytes, _bytes + bytes);
        Volatile.Write(ref _events, _events + events);
    }

    /// <summary>Counts time waited.</summary>
    public void CountWait(TimeSpan time) => Volatile.Write(ref _waitTicks, _waitTicks + time.Ticks);
}
