namespace HmmSim.Nodes.Workloads;

/// <summary>
/// The splitmix64 generator (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014): a counter
/// with a mixing function. Its whole state is one word, which makes positions cheap to save and any seed a good seed.
/// </summary>
public struct SplitMix64(ulong state)
{
    /// <summary>The position: the seed plus the increment times the numbers drawn.</summary>
    public ulong State = state;

    /// <summary>The next 64 uniform bits.</summary>
    public ulong Next()
    {
        State += 0x9E37_79B9_7F4A_7C15;
        return Mix(State);
    }

    /// <summary>
    /// A number from 0 to <paramref name="bound"/> - 1 by the high half of a product. Numbers differ in likelihood by at
    /// most one part in 2^64 / bound: below 2^-19 for any page count, and no loop of unknown length.
    /// </summary>
    public ulong Below(ulong bound) => Math.BigMul(Next(), bound, out _);

    /// <summary>
    /// The mixing function: a bijection of 64-bit words in which every input bit flips half of the output bits.
    /// </summary>
    public static ulong Mix(ulong word)
    {
        word = (word ^ (word >> 30)) * 0xBF58_476D_1CE4_E5B9;
        word = (word ^ (word >> 27)) * 0x94D0_49BB_1331_11EB;
        return word ^ (word >> 31);
    }
}
