namespace HmmSim.Protocol.Time;

/// <summary>A point of simulated time, in picoseconds since the start of the run. Zero is the start.</summary>
/// <remarks>64 bits hold 106 days; the wall clock never enters.</remarks>
public readonly record struct VirtualTime(long Picoseconds) : IComparable<VirtualTime>
{
    /// <summary>The start of every run.</summary>
    public static readonly VirtualTime Zero;

    /// <summary>A time no event ever has: "never".</summary>
    public static readonly VirtualTime Never = new(long.MaxValue);

    /// <summary>Seconds since the start, for display only.</summary>
    public double Seconds => Picoseconds * 1e-12;

    /// <inheritdoc/>
    public int CompareTo(VirtualTime other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>The time that lies <paramref name="duration"/> later.</summary>
    public static VirtualTime operator +(VirtualTime time, VirtualDuration duration) => new(time.Picoseconds + duration.Picoseconds);

    /// <summary>The span from <paramref name="begin"/> to <paramref name="end"/>.</summary>
    public static VirtualDuration operator -(VirtualTime end, VirtualTime begin) => new(end.Picoseconds - begin.Picoseconds);

    /// <summary>Earlier than.</summary>
    public static bool operator <(VirtualTime left, VirtualTime right) => left.Picoseconds < right.Picoseconds;

    /// <summary>Later than.</summary>
    public static bool operator >(VirtualTime left, VirtualTime right) => left.Picoseconds > right.Picoseconds;

    /// <summary>Not later than.</summary>
    public static bool operator <=(VirtualTime left, VirtualTime right) => left.Picoseconds <= right.Picoseconds;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(VirtualTime left, VirtualTime right) => left.Picoseconds >= right.Picoseconds;

    /// <summary>The later of the two.</summary>
    public static VirtualTime Max(VirtualTime left, VirtualTime right) => left > right ? left : right;

    /// <summary>The earlier of the two.</summary>
    public static VirtualTime Min(VirtualTime left, VirtualTime right) => left < right ? left : right;

    /// <summary>The time in picoseconds, for messages and traces.</summary>
    public override string ToString() => Picoseconds == long.MaxValue ? "never" : $"{Picoseconds}ps";
}
