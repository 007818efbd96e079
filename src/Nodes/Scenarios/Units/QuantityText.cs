using System.Globalization;

namespace HmmSim.Nodes.Scenarios.Units;

/// <summary>Reads and writes "number and unit" exactly: whole base units in 63 bits, never through floating point.</summary>
internal static class QuantityText
{
    private const int FractionDigitsAtMost = 18;

    /// <summary>Reads a decimal number and a unit. On failure <paramref name="problem"/> says what was expected instead.</summary>
    public static bool TryParse(string text, QuantityUnit[] units, string baseUnit, out long value, out string problem)
    {
        value = 0;
        string trimmed = text.Trim();
        int digits = 0;
        while (digits < trimmed.Length && (char.IsAsciiDigit(trimmed[digits]) || trimmed[digits] == '.'))
        {
            digits++;
        }

        string names = string.Join(", ", units.Where(unit => char.IsAscii(unit.Name[0])).Select(unit => unit.Name));
        if (digits == 0 || !TrySplitNumber(trimmed[..digits], out UInt128 mantissa, out UInt128 scale))
        {
            problem = trimmed.StartsWith('-') ? "a number that is not negative" : $"a number and then one of {names}";
            return false;
        }

        string name = trimmed[digits..].Trim();
        foreach (QuantityUnit unit in units)
        {
            if (unit.Name == name)
            {
                return TryScale(mantissa, scale, unit, baseUnit, out value, out problem);
            }
        }

        string nearest = Spelling.Nearest(name, units.Select(unit => unit.Name)) is { } guess ? $"; did you mean '{guess}'?" : "";
        problem = name.Length == 0 ? $"a unit after the number: one of {names}" : $"one of the units {names}{nearest}";
        return false;
    }

    /// <summary>The exact value in the largest unit that divides it.</summary>
    public static string FormatWhole(long value, QuantityUnit[] units)
    {
        QuantityUnit best = units[0];
        foreach (QuantityUnit unit in units)
        {
            if (value != 0 && value % unit.Numerator == 0)
            {
                best = unit;
            }
        }

        return (value / best.Numerator).ToString(CultureInfo.InvariantCulture) + best.Name;
    }

    /// <summary>The exact value, with decimals, in the largest unit not above it; the units are powers of ten.</summary>
    public static string FormatDecimal(long value, QuantityUnit[] units)
    {
        QuantityUnit best = units[0];
        foreach (QuantityUnit unit in units)
        {
            if (value >= unit.Numerator)
            {
                best = unit;
            }
        }

        long rest = value % best.Numerator;
        string whole = (value / best.Numerator).ToString(CultureInfo.InvariantCulture);
        if (rest == 0)
        {
            return whole + best.Name;
        }

        int width = (best.Numerator - 1).ToString(CultureInfo.InvariantCulture).Length;
        string fraction = rest.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0').TrimEnd('0');
        return $"{whole}.{fraction}{best.Name}";
    }

    private static bool TrySplitNumber(string number, out UInt128 mantissa, out UInt128 scale)
    {
        mantissa = 0;
        scale = 1;
        int point = number.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? number : number[..point];
        string fraction = point < 0 ? "" : number[(point + 1)..].TrimEnd('0');
        if (whole.Length is 0 or > 19 || fraction.Length > FractionDigitsAtMost || fraction.Contains('.', StringComparison.Ordinal)
            || point == number.Length - 1)
        {
            return false;
        }

        foreach (char digit in whole + fraction)
        {
            mantissa = (mantissa * 10) + (uint)(digit - '0');
        }

        for (int i = 0; i < fraction.Length; i++)
        {
            scale *= 10;
        }

        return true;
    }

    private static bool TryScale(UInt128 mantissa, UInt128 scale, QuantityUnit unit, string baseUnit, out long value, out string problem)
    {
        value = 0;
        UInt128 divisor = scale * (ulong)unit.Denominator;
        // The mantissa has at most 37 digits, so that the product may pass 128 bits: that is "too large" as well.
        if (mantissa > UInt128.MaxValue / (ulong)unit.Numerator || mantissa * (ulong)unit.Numerator / divisor > long.MaxValue)
        {
            problem = $"at most {long.MaxValue} {baseUnit}";
            return false;
        }

        UInt128 product = mantissa * (ulong)unit.Numerator;
        if (product % divisor != 0)
        {
            problem = $"a whole number of {baseUnit}";
            return false;
        }

        value = (long)(product / divisor);
        problem = "";
        return true;
    }
}
