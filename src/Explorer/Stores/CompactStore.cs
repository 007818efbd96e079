namespace HmmSim.Explorer.Stores;

/// <summary>
/// Tells states apart by their 64-bit hash only and keeps the words of the last two levels. Of n states it takes n^2 / 2^65 for
/// others by mistake, in expectation, and does not expand them.
/// </summary>
internal sealed class CompactStore(int stateWords, bool withLinks) : StateStore(stateWords, withLinks)
{
    /// <summary>
    /// The expected number of states lost among <paramref name="states"/>; an upper bound of the probability that any is lost.
    /// </summary>
    public static double ExpectedOmissions(long states) => (double)states * states / 36893488147419103232.0;

    public override bool TryAdd(ReadOnlySpan<ulong> state, ulong hash, uint parent, ushort transition, out uint index)
    {
        // Zero marks a free slot.
        hash = Math.Max(hash, 1);
        ulong[] slots = Slots;
        long place = PlaceOf(hash, slots.LongLength);
        while (true)
        {
            ulong slot = Volatile.Read(ref slots[place]);
            if (slot == 0)
            {
                slot = Interlocked.CompareExchange(ref slots[place], hash, 0);
                if (slot == 0)
                {
                    index = Append(state, parent, transition);
                    return true;
                }
            }

            if (slot == hash)
            {
                index = NoParent;
                return false;
            }

            place = place + 1 == slots.LongLength ? 0 : place + 1;
        }
    }

    public override void ForgetBelow(uint index) => Release(index);

    /// <summary>The table, and the words of the states that are still to be expanded.</summary>
    public override void WriteTo(WordWriter writer, uint firstNeeded)
    {
        writer.Write((ulong)Slots.LongLength);
        writer.Write(Slots);
        writer.Write(Count);
        WriteRows(writer, firstNeeded);
    }

    public override void ReadFrom(WordReader reader, bool hasLinks)
    {
        ulong[] slots = new ulong[reader.Read()];
        reader.Read(slots);
        Restore(slots, (uint)reader.Read());
        ReadRows(reader, hasLinks, (index, state, _, _) => WriteRow(index, state));
    }

    protected override long PlaceOf(ulong slot, long length) => (long)Math.BigMul(slot, (ulong)length, out _);
}
