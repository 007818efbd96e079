using System.Runtime.CompilerServices;
using HmmSim.Protocol.Addresses;
using SlotMask = HmmSim.Protocol.Addresses.PageMask; // 512 bits, as a node has slots

namespace HmmSim.Protocol.PageTables;

/// <summary>
/// A five-level page table of 64-bit entries, 512 to a node, allocated on first use. A whole 2 MiB block of consecutive
/// frames is one entry at PMD level; it is split into 512 entries when a page differs and collapsed when none does.
/// </summary>
/// <typeparam name="TLayout">How entries encode frames, so that a block entry can be read page by page.</typeparam>
/// <remarks>
/// State: 8 bytes for each 2 MiB block of a GiB in use, 16 once one of them is split, plus what the entries of the split ones need: 8 to
/// 10 bytes each, and some 90 a block (<see cref="PageWords"/>).
/// </remarks>
public sealed partial class PageTable<TLayout>
    where TLayout : struct, IEntryLayout
{
    private const int IndexBits = 9;
    private const int IndexMask = (1 << IndexBits) - 1;
    private const int PmdShift = IndexBits;
    private const int UpperLevels = 3;

    private readonly Node _root = new();
    private PageWords _spareTable;
    private ulong _cachedPmdKey = ulong.MaxValue;
    private Pmd? _cachedPmd;

    /// <summary>The entry of one page; 0 where nothing was stored.</summary>
    public ulong this[VirtualPageNumber page]
    {
        get
        {
            ulong block = page.Block.Value;
            Pmd? pmd = Find(block);
            if (pmd is null)
            {
                return 0;
            }

            int slot = (int)(block & IndexMask);
            PageWords table = pmd.TableAt(slot);
            return table.IsNone ? TLayout.Advance(pmd.Whole[slot], page.IndexInBlock) : table[page.IndexInBlock];
        }

        set => Entries(page.Block)[page.IndexInBlock] = value;
    }

    /// <summary>The entries of one block, to be read and changed page by page. The block is split at the first change, if it was whole.</summary>
    public BlockEntries Entries(VirtualBlockNumber block) => new(this, FindOrAdd(block.Value), (int)(block.Value & IndexMask));

    /// <summary>
    /// The block as one entry: true if it is not split, with the entry of its first page (0 for an empty block); the entry of
    /// page <c>i</c> is <see cref="IEntryLayout.Advance"/> of it.
    /// </summary>
    public bool TryGetWhole(VirtualBlockNumber block, out ulong entry)
    {
        Pmd? pmd = Find(block.Value);
        if (pmd is null)
        {
            entry = 0;
            return true;
        }

        int slot = (int)(block.Value & IndexMask);
        entry = pmd.Whole[slot];
        return pmd.TableAt(slot).IsNone;
    }

    /// <summary>Makes the block one entry, whatever it was.</summary>
    public void SetWhole(VirtualBlockNumber block, ulong entry)
    {
        Pmd pmd = FindOrAdd(block.Value);
        int slot = (int)(block.Value & IndexMask);
        Recycle(pmd, slot);
        pmd.Whole[slot] = entry;
        if (entry == 0)
        {
            pmd.Used.Remove(slot);
        }
        else
        {
            pmd.Used.Add(slot);
        }
    }

    /// <summary>Turns a split block back into one entry if its entries allow it.</summary>
    public void Collapse(VirtualBlockNumber block)
    {
        Pmd? pmd = Find(block.Value);
        int slot = (int)(block.Value & IndexMask);
        if (pmd?.TableAt(slot) is not { IsNone: false } table)
        {
            return;
        }

        if (IsUniform(table, out ulong entry))
        {
            SetWhole(block, entry);
        }
    }

    /// <summary>Every block that holds an entry or is split, in ascending order of addresses.</summary>
    public IEnumerable<VirtualBlockNumber> NonEmptyBlocks() => NonEmptyBlocks(_root, 0);

    private static IEnumerable<VirtualBlockNumber> NonEmptyBlocks(Node node, ulong prefix)
    {
        foreach (int slot in node.Used.Enumerate())
        {
            ulong key = (prefix << IndexBits) | (uint)slot;
            if (node.Children[slot] is Pmd pmd)
            {
                foreach (int block in pmd.Used.Enumerate())
                {
                    yield return new VirtualBlockNumber((key << IndexBits) | (uint)block);
                }
            }
            else
            {
                foreach (VirtualBlockNumber block in NonEmptyBlocks((Node)node.Children[slot]!, key))
                {
                    yield return block;
                }
            }
        }
    }

    /// <summary>True if one entry can say what the table says. A table that is not full lacks a page.</summary>
    private static bool IsUniform(PageWords table, out ulong first)
    {
        if (!table.IsFull)
        {
            first = 0;
            return table.Count == 0;
        }

        Span<ulong> entries = table.Span;
        first = entries[0];
        for (int page = 1; page < entries.Length; page++)
        {
            if (entries[page] != TLayout.Advance(first, page))
            {
                return false;
            }
        }

        return true;
    }

    private void Split(Pmd pmd, int slot)
    {
        SetTable(pmd, slot, pmd.Whole[slot] is var whole and not 0 ? Spread(whole) : PageWords.WithPlaces());
        pmd.Whole[slot] = 0;
    }

    private static void SetTable(Pmd pmd, int slot, PageWords table)
    {
        pmd.Tables ??= new PageWords[1 << IndexBits];
        pmd.Tables[slot] = table;
        pmd.Used.Add(slot);
    }

    private PageWords Spread(ulong whole)
    {
        PageWords table = _spareTable.IsNone ? PageWords.Full() : _spareTable;
        _spareTable = default;
        Span<ulong> entries = table.Span;
        for (int page = 0; page < entries.Length; page++)
        {
            entries[page] = TLayout.Advance(whole, page);
        }

        return table;
    }

    /// <summary>Takes the table of a block away. A full one is kept: to split a block, and collapse it soon after, is common.</summary>
    private void Recycle(Pmd pmd, int slot)
    {
        if (pmd.TableAt(slot) is { IsNone: false } table)
        {
            pmd.Tables![slot] = default;
            _spareTable = table.IsFull ? table : _spareTable;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Pmd? Find(ulong block)
    {
        ulong key = block >> PmdShift;
        return key == _cachedPmdKey ? _cachedPmd : FindUncached(key);
    }

    private Pmd? FindUncached(ulong key)
    {
        Node node = _root;
        for (int level = UpperLevels - 1; level > 0; level--)
        {
            if (node.Children[IndexAt(key, level)] is not Node child)
            {
                return null;
            }

            node = child;
        }

        if (node.Children[IndexAt(key, 0)] is not Pmd pmd)
        {
            return null;
        }

        _cachedPmdKey = key;
        _cachedPmd = pmd;
        return pmd;
    }

    private Pmd FindOrAdd(ulong block)
    {
        if (Find(block) is { } found)
        {
            return found;
        }

        ulong key = block >> PmdShift;
        Node node = _root;
        for (int level = UpperLevels - 1; level > 0; level--)
        {
            node = (Node)node.ChildAt(IndexAt(key, level), static () => new Node());
        }

        return (Pmd)node.ChildAt(IndexAt(key, 0), static () => new Pmd());
    }

    private static int IndexAt(ulong key, int level) => (int)(key >> (level * IndexBits)) & IndexMask;

    /// <summary>The entries of one block by the index of the page in it, 0 to 511.</summary>
    public readonly struct BlockEntries
    {
        private readonly PageTable<TLayout> _owner;
        private readonly Pmd _pmd;
        private readonly int _slot;

        internal BlockEntries(PageTable<TLayout> owner, Pmd pmd, int slot)
        {
            _owner = owner;
            _pmd = pmd;
            _slot = slot;
        }

        /// <summary>The entry of one page; 0 where nothing was stored.</summary>
        public ulong this[int page]
        {
            get => _pmd.TableAt(_slot) is { IsNone: false } table ? table[page] : TLayout.Advance(_pmd.Whole[_slot], page);

            set
            {
                if (_pmd.TableAt(_slot).IsNone)
                {
                    if (this[page] == value)
                    {
                        return;
                    }

                    _owner.Split(_pmd, _slot);
                }

                _pmd.Tables![_slot][page] = value;
            }
        }
    }

    /// <summary>512 nodes of the next level, allocated on first use.</summary>
    private sealed class Node
    {
        public readonly object?[] Children = new object?[1 << IndexBits];

        /// <summary>Slots with a child.</summary>
        public SlotMask Used;

        public object ChildAt(int slot, Func<object> make)
        {
            Used.Add(slot);
            return Children[slot] ??= make();
        }
    }

    /// <summary>512 blocks: for each either one entry, or a table.</summary>
    internal sealed class Pmd
    {
        public readonly ulong[] Whole = new ulong[1 << IndexBits];

        /// <summary>Slots that hold an entry or are split.</summary>
        public SlotMask Used;

        /// <summary>Null until a block is split, and none where a block is not.</summary>
        public PageWords[]? Tables;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public PageWords TableAt(int slot) => Tables is null ? default : Tables[slot];
    }
}
