namespace HmmSim.Explorer.Stores;

/// <summary>
/// Tells states apart by their 64-bit hash only and keeps the words of the last two levels. Of n states it takes n^2 / 2^65 for
/// others by mistake, in expectation, and does not expand them.
/// </summary>
internal sealed class CompactStore(int stateWords, bool withLinks) : StateStore(stateWords, withLinks)
{
    /// <summary>The hashes of all states, in no order.</summary>
    public IEnumerable<ulong> Hashes => Slots.Where(slot => slot != 0);

    /// <summary>
    /// The expected number of states lost among <paramref name="states"/>; an upper bound of the probability that any is lost.
    /// </summary>
    public static double ExpectedOmissions(long states) => (double)states * states / 36893488147419103232.0;

    public override bool TryAdd(ReadOnlySpan<ulong> state, ulong hash, uint parent, ushort transition, out uint index)
    {
        index = NoParent;
        if (TryFind(hash, out long place))
        {
            return false;
        }

        if (Free == 0)
        {
            MakeFree(1);
            _ = TryFind(hash, out place);
        }

        Slots[place] = SlotOf(hash);
        index = Append(state, parent, transition);
        return true;
    }

    public override void Prefetch(ulong hash)
    {
        ulong[] slots = Slots;
        Prefetch(ref slots[PlaceOf(hash, slots.LongLength)]);
    }

    public override void ForgetBelow(uint index) => Release(index);

    /// <summary>Adds a hash without the words of its state.</summary>
    public void AddHash(ulong hash)
    {
        if (Free == 0)
        {
            MakeFree(1);
        }

        if (!TryFind(hash, out long place))
        {
            Slots[place] = SlotOf(hash);
            Count++;
        }
    }

    /// <summary>Gives the last numbers to states whose hashes were added, and adds their words.</summary>
    public void AddWords(IReadOnlyCollection<ulong[]> states)
    {
        Count -= (uint)states.Count;
        foreach (ulong[] state in states)
        {
            Append(state, NoParent, 0);
        }
    }

    protected override long PlaceOf(ulong slot, long length) => (long)Math.BigMul(slot, (ulong)length, out _);

    // Zero marks a free slot.
    private static ulong SlotOf(ulong hash) => Math.Max(hash, 1);

    private bool TryFind(ulong hash, out long place)
    {
        ulong content = SlotOf(hash);
        ulong[] slots = Slots;
        place = PlaceOf(content, slots.LongLength);
        while (slots[place] != content)
        {
            if (slots[place] == 0)
            {
                return false;
            }

            place = place + 1 == slots.LongLength ? 0 : place + 1;
        }

        return true;
    }
}
