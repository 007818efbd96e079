using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Scenarios.Units;

/// <summary>The rate of a link in bytes per second, 1 to 2^63-1. The default value, zero, stands for "none given" and has no transfer time.</summary>
public readonly record struct Bandwidth(long BytesPerSecond) : IComparable<Bandwidth>
{
    private const long PicosecondsPerSecond = 1_000_000_000_000;

    /// <summary>
    /// Reads a number followed by a size unit per second (<c>12GB/s</c>, <c>375 GB/s</c>, <c>1.5GiB/s</c>) or a bit rate as network
    /// vendors write it (<c>100Gbit/s</c>). The result must be a whole number of bytes per second.
    /// </summary>
    /// <returns>False, with the reason in <paramref name="problem"/>, if the text is not such a rate.</returns>
    public static bool TryParse(string text, out Bandwidth bandwidth, out string problem)
    {
        bool parsed = QuantityText.TryParse(text, QuantityUnits.Bandwidths, "bytes per second", out long bytesPerSecond, out problem);
        bandwidth = new Bandwidth(bytesPerSecond);
        return parsed;
    }

    /// <summary>How long the link is busy with so many bytes, rounded up to a whole picosecond.</summary>
    /// <exception cref="OverflowException">The time does not fit in 63 bits of picoseconds, about 106 days.</exception>
    public VirtualDuration TimeFor(long bytes)
    {
        UInt128 product = (UInt128)(ulong)bytes * PicosecondsPerSecond;
        UInt128 rate = (ulong)BytesPerSecond;
        return new VirtualDuration(checked((long)((product + rate - 1) / rate)));
    }

    /// <inheritdoc/>
    public int CompareTo(Bandwidth other) => BytesPerSecond.CompareTo(other.BytesPerSecond);

    /// <summary>Slower than.</summary>
    public static bool operator <(Bandwidth left, Bandwidth right) => left.BytesPerSecond < right.BytesPerSecond;

    /// <summary>Faster than.</summary>
    public static bool operator >(Bandwidth left, Bandwidth right) => left.BytesPerSecond > right.BytesPerSecond;

    /// <summary>Not faster than.</summary>
    public static bool operator <=(Bandwidth left, Bandwidth right) => left.BytesPerSecond <= right.BytesPerSecond;

    /// <summary>Not slower than.</summary>
    public static bool operator >=(Bandwidth left, Bandwidth right) => left.BytesPerSecond >= right.BytesPerSecond;

    /// <summary>The exact rate in the largest decimal unit (<c>12.05GB/s</c>); <see cref="TryParse"/> reads it back.</summary>
    public override string ToString() => QuantityText.FormatDecimal(BytesPerSecond, QuantityUnits.DecimalBandwidths);
}
