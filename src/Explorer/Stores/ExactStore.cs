namespace HmmSim.Explorer.Stores;

/// <summary>
/// Tells states apart by all their words. A slot holds the upper half of the hash and, one higher, the number of the state.
/// </summary>
internal sealed class ExactStore(int stateWords, bool withLinks) : StateStore(stateWords, withLinks)
{
    // The number of a state that a thread has taken a slot for and is about to write.
    private const uint BeingWritten = uint.MaxValue;

    public override bool TryAdd(ReadOnlySpan<ulong> state, ulong hash, uint parent, ushort transition, out uint index)
    {
        ulong[] slots = Slots;
        ulong tag = hash & 0xffffffff_00000000;
        long place = PlaceOf(tag, slots.LongLength);
        while (true)
        {
            ulong slot = Volatile.Read(ref slots[place]);
            if (slot == 0)
            {
                slot = Interlocked.CompareExchange(ref slots[place], tag | BeingWritten, 0);
                if (slot == 0)
                {
                    index = WriteInto(ref slots[place], tag, state, parent, transition);
                    return true;
                }
            }

            if ((slot & 0xffffffff_00000000) == tag)
            {
                uint number = (uint)slot == BeingWritten ? WaitFor(ref slots[place]) : (uint)slot;
                if (Read(number - 1).SequenceEqual(state))
                {
                    index = number - 1;
                    return false;
                }
            }

            place = place + 1 == slots.LongLength ? 0 : place + 1;
        }
    }

    /// <summary>Does nothing: all words are needed.</summary>
    public override void ForgetBelow(uint index)
    {
    }

    /// <summary>All states; the table is made of them again.</summary>
    public override void WriteTo(WordWriter writer, uint firstNeeded) => WriteRows(writer, 0);

    public override void ReadFrom(WordReader reader, bool hasLinks) =>
        ReadRows(reader, hasLinks, (_, state, parent, transition) =>
    {
        MakeFree(1);
        TryAdd(state, Models.StateHash.Of(state), parent, transition, out uint _);
    });

    protected override long PlaceOf(ulong slot, long length) => (long)(((slot >> 32) * (ulong)length) >> 32);

    private static uint WaitFor(ref ulong slot)
    {
        SpinWait wait = default;
        while (true)
        {
            ulong content = Volatile.Read(ref slot);
            if (content == 0)
            {
                throw new InvalidOperationException("the thread that was adding the same state failed");
            }

            if ((uint)content != BeingWritten)
            {
                return (uint)content;
            }

            wait.SpinOnce();
        }
    }

    private uint WriteInto(ref ulong slot, ulong tag, ReadOnlySpan<ulong> state, uint parent, ushort transition)
    {
        bool written = false;
        try
        {
            uint index = Append(state, parent, transition);
            written = true;
            Volatile.Write(ref slot, tag | (index + 1));
            return index;
        }
        finally
        {
            // Without memory the search ends; whoever waits for this slot must end as well.
            if (!written)
            {
                Volatile.Write(ref slot, 0);
            }
        }
    }
}
