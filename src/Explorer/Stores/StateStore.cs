using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace HmmSim.Explorer.Stores;

/// <summary>
/// The set of states that a search has reached. Each new state gets the next number, so that the states of one level of a
/// breadth-first search have neighbouring numbers and the set is its own queue.
/// </summary>
/// <remarks>
/// An open-addressing table of 64-bit slots, probed linearly; a slot once taken never changes its meaning. The place of a slot is
/// its hash scaled to the table's length, so that growing keeps the order and needs one pass. Only one thread uses a
/// store, but for <see cref="ExactStore.Contains"/>.
/// </remarks>
internal abstract class StateStore(int stateWords, bool withLinks)
{
    /// <summary>Parent of an initial state.</summary>
    public const uint NoParent = uint.MaxValue;

    /// <summary>The most states that a store can number.</summary>
    public const long MaxStates = 1L << 30;

    private const int InitialSlots = 1024;
    private const double MaxLoad = 0.75;
    private const double Growth = 1.5;

    private readonly ChunkedArray<ulong> _states = new(stateWords);
    private readonly ChunkedArray<uint>? _parents = withLinks ? new(1) : null;
    private readonly ChunkedArray<ushort>? _transitions = withLinks ? new(1) : null;
    private ulong[] _slots = new ulong[InitialSlots];
    private uint _capacity = CapacityOf(InitialSlots);

    /// <summary>Number of states in the set.</summary>
    public uint Count { get; protected set; }

    /// <summary>Memory held, in bytes.</summary>
    public long Bytes => BytesOfSlots(_slots.LongLength) + _states.Bytes + (_parents?.Bytes ?? 0) + (_transitions?.Bytes ?? 0);

    /// <summary>Whether it knows how each state was first reached.</summary>
    public bool HasLinks => _parents is not null;

    /// <summary>How many states may be added before the table must grow.</summary>
    public long Free => _capacity - Count;

    /// <summary>The table. Zero is a free slot.</summary>
    protected ulong[] Slots => Volatile.Read(ref _slots);

    /// <summary>Adds a state unless it is present. Grows the table if it is full.</summary>
    /// <param name="state">The state.</param>
    /// <param name="hash">Its <see cref="Models.StateHash"/>.</param>
    /// <param name="parent">Number of the state it was reached from.</param>
    /// <param name="transition">How it was reached.</param>
    /// <param name="index">The number of a new state.</param>
    /// <returns>True if the state is new.</returns>
    public abstract bool TryAdd(ReadOnlySpan<ulong> state, ulong hash, uint parent, ushort transition, out uint index);

    /// <summary>Asks the processor to fetch what <see cref="TryAdd"/> will look at first.</summary>
    public abstract void Prefetch(ulong hash);

    /// <summary>Forgets the words of states below a number, where the store does not need them to tell states apart.</summary>
    public abstract void ForgetBelow(uint index);

    /// <summary>The words of a state that is not forgotten.</summary>
    public ReadOnlySpan<ulong> Read(uint index) => _states.Row(index);

    /// <summary>How a state was first reached; only of a store with links.</summary>
    public (uint Parent, ushort Transition) Link(uint index) => (_parents!.Row(index)[0], _transitions!.Row(index)[0]);

    /// <summary>What <see cref="MakeFree"/> would hold while it copies, in bytes; 0 if it has nothing to do.</summary>
    public long BytesToMakeFree(long additions) => additions <= Free ? 0 : BytesOfSlots(GrownLength(additions));

    /// <summary>How many states may be added, after <see cref="MakeFree"/>, before the table must grow again.</summary>
    public long FreeAfter(long additions) => additions <= Free ? Free : CapacityOf(GrownLength(additions)) - Count;

    /// <summary>Grows the table so that at least <paramref name="additions"/> states may be added before it grows again.</summary>
    public void MakeFree(long additions)
    {
        if (additions <= Free)
        {
            return;
        }

        ulong[] grown = new ulong[GrownLength(additions)];
        foreach (ulong slot in _slots)
        {
            if (slot != 0)
            {
                grown[FreePlace(grown, slot)] = slot;
            }
        }

        _capacity = CapacityOf(grown.LongLength);
        Volatile.Write(ref _slots, grown);
    }

    /// <summary>The place at which the probing of a slot's content begins.</summary>
    protected abstract long PlaceOf(ulong slot, long length);

    /// <summary>Asks the processor to fetch a slot.</summary>
    protected static unsafe void Prefetch(ref ulong slot)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref slot));
        }
    }

    /// <summary>Numbers a state and stores its words and its link.</summary>
    protected uint Append(ReadOnlySpan<ulong> state, uint parent, ushort transition)
    {
        uint index = Count++;
        _states.Write(index, state);
        if (_parents is not null)
        {
            _parents.Write(index, [parent]);
            _transitions!.Write(index, [transition]);
        }

        return index;
    }

    /// <summary>Gives back the words of states below a number.</summary>
    protected void Release(uint index) => _states.ReleaseBelow(index);

    private static long BytesOfSlots(long slots) => slots * sizeof(ulong);

    private static uint CapacityOf(long slots) => (uint)(slots * MaxLoad);

    private long FreePlace(ulong[] slots, ulong slot)
    {
        long place = PlaceOf(slot, slots.LongLength);
        while (slots[place] != 0)
        {
            place = place + 1 == slots.LongLength ? 0 : place + 1;
        }

        return place;
    }

    private long GrownLength(long additions) =>
        Math.Min(Math.Max((long)(_slots.LongLength * Growth), (long)((Count + additions) / MaxLoad) + 2), Array.MaxLength);
}
