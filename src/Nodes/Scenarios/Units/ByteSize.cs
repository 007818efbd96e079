using System.Globalization;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Nodes.Scenarios.Units;

/// <summary>An amount of memory in bytes, 0 to 2^63-1. The default value is zero bytes.</summary>
public readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>
{
    /// <summary>One 4 KiB page.</summary>
    public static readonly ByteSize Page = new(VirtualPageNumber.PageBytes);

    /// <summary>Pages of 4 KiB needed to hold this many bytes, rounded up.</summary>
    public long Pages => (Bytes >> VirtualPageNumber.PageShift) + ((Bytes & (VirtualPageNumber.PageBytes - 1)) == 0 ? 0 : 1);

    /// <summary>So many binary kilobytes, 1024 bytes each.</summary>
    public static ByteSize FromKibibytes(long kibibytes) => new(checked(kibibytes << 10));

    /// <summary>So many binary megabytes, 1024 KiB each.</summary>
    public static ByteSize FromMebibytes(long mebibytes) => new(checked(mebibytes << 20));

    /// <summary>So many binary gigabytes, 1024 MiB each.</summary>
    public static ByteSize FromGibibytes(long gibibytes) => new(checked(gibibytes << 30));

    /// <summary>
    /// Reads a number followed by B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB (powers of 1024), such as
    /// <c>64MiB</c> or <c>1.5 GiB</c>. The result must be a whole number of bytes.
    /// </summary>
    /// <returns>False, with the reason in <paramref name="problem"/>, if the text is not such a size.</returns>
    public static bool TryParse(string text, out ByteSize size, out string problem)
    {
        bool parsed = QuantityText.TryParse(text, QuantityUnits.Sizes, "bytes", out long bytes, out problem);
        size = new ByteSize(bytes);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Both amounts together.</summary>
    public static ByteSize operator +(ByteSize left, ByteSize right) => new(checked(left.Bytes + right.Bytes));

    /// <summary>What is left of the first amount without the second.</summary>
    public static ByteSize operator -(ByteSize left, ByteSize right) => new(checked(left.Bytes - right.Bytes));

    /// <summary>Smaller than.</summary>
    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    /// <summary>Larger than.</summary>
    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    /// <summary>Not larger than.</summary>
    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    /// <summary>Not smaller than.</summary>
    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    /// <summary>The exact size in the largest binary unit that divides it (<c>64MiB</c>); <see cref="TryParse"/> reads it back.</summary>
    public override string ToString() => QuantityText.FormatWhole(Bytes, QuantityUnits.BinarySizes);

    /// <summary>The size with three significant digits, for tables (<c>1.25 GiB</c>).</summary>
    public string ToDisplayString()
    {
        double value = Bytes;
        string[] names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        int unit = 0;
        while (value >= 1024 && unit < names.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        string format = unit == 0 || value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00";
        return value.ToString(format, CultureInfo.InvariantCulture) + " " + names[unit];
    }
}
