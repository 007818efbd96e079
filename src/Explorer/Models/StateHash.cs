namespace HmmSim.Explorer.Models;

/// <summary>The 64-bit hash of a state: the same on every machine, in every process and for every run.</summary>
/// <remarks>
/// Each word passes through the finaliser of SplitMix64 (Steele, Lea, Flood 2014), a bijection with good avalanche, so that two
/// states that differ in the last word only never collide and all others do with a probability near 2^-64.
/// </remarks>
public static class StateHash
{
    private const ulong GoldenGamma = 0x9e3779b97f4a7c15;

    /// <summary>Hash of the words of a state.</summary>
    public static ulong Of(ReadOnlySpan<ulong> state)
    {
        ulong hash = GoldenGamma;
        foreach (ulong word in state)
        {
            hash = Mix((hash ^ word) + GoldenGamma);
        }

        return hash;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
