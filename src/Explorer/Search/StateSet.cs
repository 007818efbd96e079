using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>
/// The states that a search has reached, dealt by their hashes to stores, one for each thread. Only its own thread adds to a
/// store, so that no two processor cores write to the same memory; what a thread finds for another is handed over in batches.
/// </summary>
internal sealed class StateSet
{
    private delegate void RowReceiver(ulong hash, ReadOnlySpan<ulong> state, ulong link);

    private readonly StoreKind _kind;
    private readonly int _stateWords;

    /// <summary>An empty set.</summary>
    /// <param name="kind">How states are told apart.</param>
    /// <param name="stateWords">Words of a state.</param>
    /// <param name="stores">How many stores, 1 to 256.</param>
    /// <param name="withLinks">Whether the ways back are kept; only with one store.</param>
    public StateSet(StoreKind kind, int stateWords, int stores, bool withLinks)
    {
        (_kind, _stateWords) = (kind, stateWords);
        Stores = [.. Enumerable.Range(0, stores).Select(_ => kind == StoreKind.Exact
            ? (StateStore)new ExactStore(stateWords, withLinks)
            : new CompactStore(stateWords, withLinks))];
        LevelEnds = new uint[stores];
    }

    /// <summary>The stores, by the number of their thread.</summary>
    public StateStore[] Stores { get; }

    /// <summary>Of each store, the first state that does not belong to the level that is being expanded, or to one before.</summary>
    public uint[] LevelEnds { get; }

    /// <summary>Number of states.</summary>
    public long Count => Stores.Sum(store => (long)store.Count);

    /// <summary>Memory held, in bytes.</summary>
    public long Bytes => Stores.Sum(store => store.Bytes);

    /// <summary>The store of a state with this hash. By the lower bits: stores place their states by the upper ones.</summary>
    public int OwnerOf(ulong hash) => (int)(((hash & 0xffff) * (ulong)Stores.Length) >> 16);

    /// <summary>
    /// Whether a state belongs to the level that is being expanded, or to one before. Only of an exact set; any thread may ask.
    /// </summary>
    public bool IsReached(ReadOnlySpan<ulong> state, ulong hash) =>
        ((ExactStore)Stores[OwnerOf(hash)]).Contains(state, hash, LevelEnds[OwnerOf(hash)]);

    /// <summary>
    /// Writes, as if there were one store, the expanded states, the others of their level, and those of the next one. A compact
    /// set writes the hashes of all states, and the words of those that are not expanded.
    /// </summary>
    /// <param name="writer">The file.</param>
    /// <param name="cuts">How far each store is expanded.</param>
    public void WriteTo(WordWriter writer, IReadOnlyList<LevelCut> cuts)
    {
        if (_kind == StoreKind.Exact)
        {
            WriteRows(writer, store => 0, store => cuts[store].Expanded);
        }
        else
        {
            foreach (ulong hash in Stores.Cast<CompactStore>().SelectMany(store => store.Hashes))
            {
                writer.Write(hash);
            }
        }

        WriteRows(writer, store => cuts[store].Expanded, store => cuts[store].LevelEnd);
        WriteRows(writer, store => cuts[store].LevelEnd, store => Stores[store].Count);
    }

    /// <summary>Fills an empty set with what one with any number of stores has written.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="count">Number of states in it.</param>
    /// <param name="whole">How far the whole set was expanded.</param>
    /// <param name="hasLinks">Whether the file has links; a set without links leaves them out.</param>
    /// <returns>How far each store is expanded.</returns>
    public LevelCut[] ReadFrom(WordReader reader, uint count, LevelCut whole, bool hasLinks)
    {
        if (_kind == StoreKind.Compact)
        {
            return ReadCompact(reader, count, whole);
        }

        ReadRows(reader, whole.Expanded, hasLinks, Add);
        uint[] expanded = Counts();
        ReadRows(reader, whole.LevelEnd - whole.Expanded, hasLinks, Add);
        uint[] ends = Counts();
        ReadRows(reader, count - whole.LevelEnd, hasLinks, Add);
        return [.. expanded.Zip(ends, (first, end) => new LevelCut(first, end))];
    }

    private LevelCut[] ReadCompact(WordReader reader, uint count, LevelCut whole)
    {
        for (uint number = 0; number < count; number++)
        {
            ulong hash = reader.Read();
            ((CompactStore)Stores[OwnerOf(hash)]).AddHash(hash);
        }

        List<ulong[]>[] waiting = [.. Stores.Select(_ => new List<ulong[]>())];
        void Wait(ulong hash, ReadOnlySpan<ulong> state, ulong link) => waiting[OwnerOf(hash)].Add(state.ToArray());
        ReadRows(reader, whole.LevelEnd - whole.Expanded, hasLinks: false, Wait);
        int[] ofLevel = [.. waiting.Select(states => states.Count)];
        ReadRows(reader, count - whole.LevelEnd, hasLinks: false, Wait);
        LevelCut[] cuts = new LevelCut[Stores.Length];
        for (int store = 0; store < cuts.Length; store++)
        {
            ((CompactStore)Stores[store]).AddWords(waiting[store]);
            uint expanded = Stores[store].Count - (uint)waiting[store].Count;
            cuts[store] = new LevelCut(expanded, expanded + (uint)ofLevel[store]);
        }

        return cuts;
    }

    private void Add(ulong hash, ReadOnlySpan<ulong> state, ulong link) =>
        Stores[OwnerOf(hash)].TryAdd(state, hash, (uint)link, (ushort)(link >> 32), out _);

    private uint[] Counts() => [.. Stores.Select(store => store.Count)];

    private void WriteRows(WordWriter writer, Func<int, uint> begin, Func<int, uint> end)
    {
        for (int store = 0; store < Stores.Length; store++)
        {
            for (uint index = begin(store); index < end(store); index++)
            {
                writer.Write(Stores[store].Read(index));
                if (Stores[store].HasLinks)
                {
                    (uint parent, ushort transition) = Stores[store].Link(index);
                    writer.Write(((ulong)transition << 32) | parent);
                }
            }
        }
    }

    private void ReadRows(WordReader reader, uint count, bool hasLinks, RowReceiver receive)
    {
        ulong[] row = new ulong[_stateWords];
        for (uint number = 0; number < count; number++)
        {
            reader.Read(row);
            receive(StateHash.Of(row), row, hasLinks ? reader.Read() : StateStore.NoParent);
        }
    }
}
