namespace HmmSim.Nodes.Scenarios.Units;

/// <summary>The units that scenario files accept, smallest first.</summary>
public static class QuantityUnits
{
    private const long K = 1_000;
    private const long Ki = 1L << 10;

    /// <summary>Spans of time in picoseconds, as they are written back.</summary>
    public static readonly QuantityUnit[] PlainTimes =
        [new("ps", 1), new("ns", K), new("us", K * K), new("ms", K * K * K), new("s", K * K * K * K)];

    /// <summary>Spans of time in picoseconds; both letters mu that keyboards produce are read as micro.</summary>
    public static readonly QuantityUnit[] Times = [.. PlainTimes, new("\u00b5s", K * K), new("\u03bcs", K * K)];

    /// <summary>Sizes in powers of 1024.</summary>
    public static readonly QuantityUnit[] BinarySizes =
        [new("B", 1), new("KiB", Ki), new("MiB", Ki * Ki), new("GiB", Ki * Ki * Ki), new("TiB", Ki * Ki * Ki * Ki)];

    /// <summary>All sizes in bytes: powers of 1024 and of 1000.</summary>
    public static readonly QuantityUnit[] Sizes =
        [.. BinarySizes, new("kB", K), new("MB", K * K), new("GB", K * K * K), new("TB", K * K * K * K)];

    /// <summary>Rates in powers of 1000, as they are written back.</summary>
    public static readonly QuantityUnit[] DecimalBandwidths =
        [new("B/s", 1), new("kB/s", K), new("MB/s", K * K), new("GB/s", K * K * K), new("TB/s", K * K * K * K)];

    /// <summary>All rates in bytes per second, bit rates included.</summary>
    public static readonly QuantityUnit[] Bandwidths =
    [
        .. DecimalBandwidths,
        new("KiB/s", Ki), new("MiB/s", Ki * Ki), new("GiB/s", Ki * Ki * Ki), new("TiB/s", Ki * Ki * Ki * Ki),
        new("Mbit/s", K * K, 8), new("Gbit/s", K * K * K, 8),
    ];
}
