using System.Globalization;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Scenarios.Units;

/// <summary>Reads and writes spans of virtual time as people do: <c>45us</c>, <c>14.9 us</c>, <c>600ns</c>.</summary>
public static class DurationText
{
    /// <summary>Reads a number followed by ps, ns, us (or µs), ms or s. The result must be a whole number of picoseconds.</summary>
    /// <returns>False, with the reason in <paramref name="problem"/>, if the text is not such a span.</returns>
    public static bool TryParse(string text, out VirtualDuration duration, out string problem)
    {
        bool parsed = QuantityText.TryParse(text, QuantityUnits.Times, "picoseconds", out long picoseconds, out problem);
        duration = new VirtualDuration(picoseconds);
        return parsed;
    }

    /// <summary>The exact span in the largest unit not above it (<c>14.9us</c>); <see cref="TryParse"/> reads it back.</summary>
    public static string Format(VirtualDuration duration) => QuantityText.FormatDecimal(duration.Picoseconds, QuantityUnits.PlainTimes);

    /// <summary>The span with at most four significant digits, for tables (<c>14.9 us</c>).</summary>
    public static string ToDisplayString(VirtualDuration duration)
    {
        double value = duration.Picoseconds;
        string[] names = ["ps", "ns", "us", "ms", "s"];
        int unit = 0;
        while (value >= 1000 && unit < names.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        string format = unit == 0 || value >= 1000 ? "0" : value >= 100 ? "0.0" : value >= 10 ? "0.00" : "0.000";
        return value.ToString(format, CultureInfo.InvariantCulture) + " " + names[unit];
    }
}
