namespace HmmSim.Benchmarks.Phold;

/// <summary>Quantiles of the exponential distribution in integers, equal on every machine (a libm logarithm need not be).</summary>
internal static class ExponentialTable
{
    private const int FractionBits = 32;

    /// <summary>The quantiles at (i + 1/2) / count of an exponential distribution.</summary>
    /// <param name="count">Number of quantiles, a power of two up to 2^30.</param>
    /// <param name="mean">Mean of the distribution.</param>
    public static long[] Create(int count, long mean)
    {
        const ulong ln2 = 2_977_044_472; // ln 2 in 32 fraction bits
        var table = new long[count];
        for (int index = 0; index < count; index++)
        {
            // -ln((2i + 1) / 2count) = ln 2 * (log2(2count) - log2(2i + 1))
            ulong log2 = Log2((2 * (ulong)count)) - Log2((2 * (ulong)index) + 1);
            table[index] = (long)((((UInt128)log2 * ln2) >> FractionBits) * (ulong)mean >> FractionBits);
        }

        return table;
    }

    // Base-2 logarithm in fixed point, one bit per squaring.
    private static ulong Log2(ulong value)
    {
        int whole = 63 - (int)ulong.LeadingZeroCount(value);
        UInt128 mantissa = ((UInt128)value << FractionBits) >> whole;
        ulong result = (ulong)whole << FractionBits;
        for (int bit = FractionBits - 1; bit >= 0; bit--)
        {
            mantissa = (mantissa * mantissa) >> FractionBits;
            if (mantissa >= (UInt128)2 << FractionBits)
            {
                mantissa >>= 1;
                result |= 1UL << bit;
            }
        }

        return result;
    }
}
