namespace HmmSim.Explorer.Stores;

/// <summary>
/// The set of states that a search has reached. Each new state gets the next number, so that the states of one level of a
/// breadth-first search have neighbouring numbers and the set is its own queue.
/// </summary>
/// <remarks>
/// An open-addressing table of 64-bit slots, probed linearly; a slot once taken never changes its meaning. The place of a slot is
/// its hash scaled to the table's length, so that growing keeps the order and needs one pass. Threads may call <see
/// cref="TryAdd"/> at the same time; all other methods run alone.
/// </remarks>
internal abstract class StateStore(int stateWords, bool withLinks)
{
    /// <summary>Takes a row of a file.</summary>
    protected delegate void RowReceiver(uint index, ReadOnlySpan<ulong> state, uint parent, ushort transition);

    /// <summary>Parent of an initial state.</summary>
    public const uint NoParent = uint.MaxValue;

    /// <summary>The most states that a store can number.</summary>
    public const long MaxStates = 1L << 30;

    private const double MaxLoad = 0.75;
    private const double Growth = 1.5;
    private const int InitialSlots = 1024;

    private readonly ChunkedArray<ulong> _states = new(stateWords);
    private readonly ChunkedArray<uint>? _parents = withLinks ? new(1) : null;
    private readonly ChunkedArray<ushort>? _transitions = withLinks ? new(1) : null;
    private int _count;

    /// <summary>Number of states in the set.</summary>
    public uint Count => (uint)Volatile.Read(ref _count);

    /// <summary>Memory held, in bytes.</summary>
    public long Bytes => BytesOfSlots(Slots.LongLength) + _states.Bytes + (_parents?.Bytes ?? 0) + (_transitions?.Bytes ?? 0);

    /// <summary>The table. Zero is a free slot.</summary>
    protected ulong[] Slots { get; private set; } = new ulong[InitialSlots];

    /// <summary>Adds a state unless it is present.</summary>
    /// <param name="state">The state.</param>
    /// <param name="hash">Its <see cref="Models.StateHash"/>.</param>
    /// <param name="parent">Number of the state it was reached from.</param>
    /// <param name="transition">How it was reached.</param>
    /// <param name="index">The number of a new state.</param>
    /// <returns>True if the state is new.</returns>
    public abstract bool TryAdd(ReadOnlySpan<ulong> state, ulong hash, uint parent, ushort transition, out uint index);

    /// <summary>Forgets the words of states below a number, where the store does not need them to tell states apart.</summary>
    public abstract void ForgetBelow(uint index);

    /// <summary>The words of a state that is not forgotten.</summary>
    public ReadOnlySpan<ulong> Read(uint index) => _states.Row(index);

    /// <summary>How a state was first reached; only of a store with links.</summary>
    public (uint Parent, ushort Transition) Link(uint index) => (_parents!.Row(index)[0], _transitions!.Row(index)[0]);

    /// <summary>How many states may be added before the table must grow.</summary>
    public long Free => (long)(Slots.LongLength * MaxLoad) - Count;

    /// <summary>What <see cref="MakeFree"/> would hold while it copies, in bytes; 0 if it has nothing to do.</summary>
    public long BytesToMakeFree(long additions) => additions <= Free ? 0 : BytesOfSlots(GrownLength(additions));

    /// <summary>
    /// Grows the table so that at least <paramref name="additions"/> states may be added, and prepares the arrays for all that
    /// fit.
    /// </summary>
    public void MakeFree(long additions)
    {
        if (additions > Free)
        {
            ulong[] grown = new ulong[GrownLength(additions)];
            foreach (ulong slot in Slots)
            {
                if (slot != 0)
                {
                    long place = PlaceOf(slot, grown.LongLength);
                    while (grown[place] != 0)
                    {
                        place = place + 1 == grown.LongLength ? 0 : place + 1;
                    }

                    grown[place] = slot;
                }
            }

            Slots = grown;
        }

        _states.Reserve(Count + Free);
        _parents?.Reserve(Count + Free);
        _transitions?.Reserve(Count + Free);
    }

    /// <summary>Writes the store to a file.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="firstNeeded">The first state whose words will be read again.</param>
    public abstract void WriteTo(WordWriter writer, uint firstNeeded);

    /// <summary>Fills an empty store with what <see cref="WriteTo"/> has written.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="hasLinks">Whether the file has links; a store without links leaves them out.</param>
    public abstract void ReadFrom(WordReader reader, bool hasLinks);

    /// <summary>The place at which the probing of a slot's content begins.</summary>
    protected abstract long PlaceOf(ulong slot, long length);

    /// <summary>Numbers a state and stores its words and its link.</summary>
    protected uint Append(ReadOnlySpan<ulong> state, uint parent, ushort transition)
    {
        uint index = (uint)Interlocked.Increment(ref _count) - 1;
        _states.Write(index, state);
        if (_parents is not null)
        {
            _parents.Write(index, [parent]);
            _transitions!.Write(index, [transition]);
        }

        return index;
    }

    /// <summary>Writes number, first row, and the rows of states from there on, each with its link if there are links.</summary>
    protected void WriteRows(WordWriter writer, uint first)
    {
        writer.Write([Count, first]);
        for (uint index = first; index < Count; index++)
        {
            writer.Write(Read(index));
            if (_parents is not null)
            {
                (uint parent, ushort transition) = Link(index);
                writer.Write(((ulong)transition << 32) | parent);
            }
        }
    }

    /// <summary>Reads what <see cref="WriteRows"/> has written and gives each row to <paramref name="add"/>.</summary>
    protected void ReadRows(WordReader reader, bool hasLinks, RowReceiver add)
    {
        uint count = (uint)reader.Read();
        uint first = (uint)reader.Read();
        ulong[] row = new ulong[stateWords];
        for (uint index = first; index < count; index++)
        {
            reader.Read(row);
            ulong link = hasLinks ? reader.Read() : NoParent;
            add(index, row, (uint)link, (ushort)(link >> 32));
        }
    }

    /// <summary>Puts a table and a number of states in place of those of an empty store.</summary>
    protected void Restore(ulong[] slots, uint count)
    {
        Slots = slots;
        _count = (int)count;
        _states.Reserve(Count + Free);
    }

    /// <summary>Writes the words of a numbered state of a restored table.</summary>
    protected void WriteRow(uint index, ReadOnlySpan<ulong> state) => _states.Write(index, state);

    /// <summary>Gives back the words of states below a number.</summary>
    protected void Release(uint index) => _states.ReleaseBelow(index);

    private static long BytesOfSlots(long slots) => slots * sizeof(ulong);

    private long GrownLength(long additions) =>
        Math.Min(Math.Max((long)(Slots.LongLength * Growth), (long)((Count + additions) / MaxLoad) + 2), Array.MaxLength);
}
