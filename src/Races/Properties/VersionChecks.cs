using System.Numerics;

namespace HmmSim.Races.Properties;

/// <summary>
/// Versions that processors have made: every store adds 1 to the page's value, and the machine the processor runs at remembers which values
/// came out. Two stores with one outcome mean that one of them is lost.
/// </summary>
internal static class VersionChecks
{
    private const int BitsPerPage = 16;
    private const int Twice = 15;

    /// <summary>One more version of a page.</summary>
    public static ulong Add(ulong versions, int page, ulong version)
    {
        int bit = version is 0 or > Twice ? Twice : (int)version - 1;
        ulong mark = 1UL << ((page * BitsPerPage) + bit);
        return (versions & mark) != 0 ? versions | (1UL << ((page * BitsPerPage) + Twice)) : versions | mark;
    }

    /// <summary>What is wrong with the versions of all machines, or null.</summary>
    public static string? FindLostWrite(ReadOnlySpan<ulong> versions, int pages)
    {
        for (int page = 0; page < pages; page++)
        {
            ulong seen = 0;
            foreach (ulong word in versions)
            {
                ulong mine = (word >> (page * BitsPerPage)) & 0xffff;
                if ((seen & mine) != 0 || (mine & (1UL << Twice)) != 0)
                {
                    return $"two stores to page {page} made the same version: one of them is lost";
                }

                seen |= mine;
            }

            if (BitOperations.PopCount(seen) != 32 - BitOperations.LeadingZeroCount((uint)seen))
            {
                return $"a version of page {page} is missing: a store saw another value than the one before it made";
            }
        }

        return null;
    }
}
