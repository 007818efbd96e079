using System.Numerics;

namespace HmmSim.Nodes.Workloads;

/// <summary>
/// A pseudo-random permutation of 0 to size - 1 that needs no memory: invertible steps (multiply by an odd number,
/// fold the high half into the low half) on the next power of two, repeated until the result is inside (cycle walking,
/// fewer than two rounds on average).
/// </summary>
public readonly struct PagePermutation
{
    private readonly ulong _size;
    private readonly ulong _mask;
    private readonly int _fold;
    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _offset;

    /// <summary>A permutation of <paramref name="size"/> numbers, 1 to 2^62, chosen by the seed.</summary>
    public PagePermutation(ulong size, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1UL << 62);
        var bits = 64 - BitOperations.LeadingZeroCount(size - 1);
        var random = new SplitMix64(seed);
        _size = size;
        _mask = size == 1 ? 0 : (1UL << bits) - 1;
        _fold = Math.Max(1, bits / 2);
        _first = random.Next() | 1;
        _second = random.Next() | 1;
        _offset = random.Next();
    }

    /// <summary>The number at a position, both 0 to size - 1.</summary>
    public ulong this[ulong position]
    {
        get
        {
            // A walk from a position inside stays on its cycle of the larger permutation, so it comes back inside.
            do
            {
                position = Scramble(position);
            }
            while (position >= _size);
            return position;
        }
    }

    private ulong Scramble(ulong word)
    {
        word = ((word + _offset) * _first) & _mask;
        word ^= word >> _fold;
        word = (word * _second) & _mask;
        word ^= word >> _fold;
        word = (word * _first) & _mask;
        return word ^ (word >> _fold);
    }
}
