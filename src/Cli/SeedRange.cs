using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace HmmSim.Cli;

/// <summary>The seeds of a sweep: <c>1..100</c>, or <c>3,5,8</c>, or both mixed.</summary>
internal static class SeedRange
{
    /// <summary>Most runs of one sweep.</summary>
    public const int RunsAtMost = 100_000;

    /// <summary>Reads the text of the option.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<ulong>? seeds)
    {
        seeds = null;
        var list = new List<ulong>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split("..");
            if (ends.Length > 2 || !TryNumber(ends[0], out ulong first) || !TryNumber(ends[^1], out ulong last)
                || last < first || last - first >= (ulong)(RunsAtMost - list.Count))
            {
                return false;
            }

            for (ulong seed = first; seed <= last; seed++)
            {
                list.Add(seed);
            }
        }

        seeds = [.. list.Distinct()];
        return true;
    }

    private static bool TryNumber(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < ulong.MaxValue;
}
