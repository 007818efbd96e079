namespace HmmSim.Explorer.Stores;

/// <summary>
/// Tells states apart by all their words. A slot holds the upper half of the hash and, one higher, the number of the state.
/// </summary>
internal sealed class ExactStore(int stateWords, bool withLinks) : StateStore(stateWords, withLinks)
{
    private const ulong TagMask = 0xffffffff_00000000;

    public override bool TryAdd(ReadOnlySpan<ulong> state, ulong hash, uint parent, ushort transition, out uint index)
    {
        if (TryFind(state, hash, out long place, out index))
        {
            return false;
        }

        if (Free == 0)
        {
            MakeFree(1);
            _ = TryFind(state, hash, out place, out _);
        }

        index = Append(state, parent, transition);
        Volatile.Write(ref Slots[place], (hash & TagMask) | (index + 1));
        return true;
    }

    /// <summary>
    /// Whether a state is present with a number below <paramref name="below"/>. Another thread may ask while states are added, and sees
    /// a new one or does not.
    /// </summary>
    public bool Contains(ReadOnlySpan<ulong> state, ulong hash, uint below) =>
        TryFind(state, hash, out _, out uint index) && index < below;

    public override void Prefetch(ulong hash)
    {
        ulong[] slots = Slots;
        Prefetch(ref slots[PlaceOf(hash, slots.LongLength)]);
    }

    /// <summary>Does nothing: all words are needed.</summary>
    public override void ForgetBelow(uint index)
    {
    }

    protected override long PlaceOf(ulong slot, long length) => (long)(((slot >> 32) * (ulong)length) >> 32);

    /// <summary>Finds a state, or the place where it would be.</summary>
    private bool TryFind(ReadOnlySpan<ulong> state, ulong hash, out long place, out uint index)
    {
        ulong[] slots = Slots;
        ulong tag = hash & TagMask;
        place = PlaceOf(tag, slots.LongLength);
        while (true)
        {
            ulong slot = Volatile.Read(ref slots[place]);
            if (slot == 0)
            {
                index = NoParent;
                return false;
            }

            index = (uint)slot - 1;
            if ((slot & TagMask) == tag && Read(index).SequenceEqual(state))
            {
                return true;
            }

            place = place + 1 == slots.LongLength ? 0 : place + 1;
        }
    }
}
