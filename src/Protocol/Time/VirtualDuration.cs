namespace HmmSim.Protocol.Time;

/// <summary>A span of simulated time in picoseconds.</summary>
public readonly record struct VirtualDuration(long Picoseconds) : IComparable<VirtualDuration>
{
    /// <summary>No time at all.</summary>
    public static readonly VirtualDuration Zero;

    /// <summary>A span of whole nanoseconds.</summary>
    public static VirtualDuration FromNanoseconds(long nanoseconds) => new(nanoseconds * 1_000);

    /// <summary>A span of whole microseconds.</summary>
    public static VirtualDuration FromMicroseconds(long microseconds) => new(microseconds * 1_000_000);

    /// <summary>The span in seconds, for display only.</summary>
    public double Seconds => Picoseconds * 1e-12;

    /// <inheritdoc/>
    public int CompareTo(VirtualDuration other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>Both spans, one after the other.</summary>
    public static VirtualDuration operator +(VirtualDuration left, VirtualDuration right) => new(left.Picoseconds + right.Picoseconds);

    /// <summary>The span repeated <paramref name="count"/> times.</summary>
    public static VirtualDuration operator *(VirtualDuration span, long count) => new(span.Picoseconds * count);

    /// <summary>Shorter than.</summary>
    public static bool operator <(VirtualDuration left, VirtualDuration right) => left.Picoseconds < right.Picoseconds;

    /// <summary>Longer than.</summary>
    public static bool operator >(VirtualDuration left, VirtualDuration right) => left.Picoseconds > right.Picoseconds;

    /// <summary>Not longer than.</summary>
    public static bool operator <=(VirtualDuration left, VirtualDuration right) => left.Picoseconds <= right.Picoseconds;

    /// <summary>Not shorter than.</summary>
    public static bool operator >=(VirtualDuration left, VirtualDuration right) => left.Picoseconds >= right.Picoseconds;

    /// <summary>The span in picoseconds, for messages and traces.</summary>
    public override string ToString() => $"{Picoseconds}ps";
}
