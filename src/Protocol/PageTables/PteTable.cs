using System.Numerics;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.PageTables;

/// <summary>The entries of one split block, in one array, so that an entry costs 8 bytes whether few pages of the block have one or all.</summary>
/// <remarks>
/// <code>
/// packed, up to 440 entries: | 8 words: one bit for each page that has an entry | the entries in the order of pages, then free places |
/// full:                      | 512 entries |
/// </code>
/// The lengths differ, so the array tells which it is. A packed table grows by a quarter, so it has never been more than a fifth empty
/// when it grew; it shrinks when it is less than half full. A full one stays full.
/// </remarks>
internal static class PteTable
{
    private const int Pages = VirtualBlockNumber.Pages;
    private const int MaskWords = Pages / 64;
    private const int LeastCapacity = 8;
    private const int MostPacked = 440;

    /// <summary>A packed table without entries.</summary>
    public static ulong[] New() => new ulong[MaskWords + LeastCapacity];

    /// <summary>A table with a place for every page.</summary>
    public static ulong[] NewFull() => new ulong[Pages];

    /// <summary>True if every page has a place of its own.</summary>
    public static bool IsFull(ulong[] table) => table.Length == Pages;

    /// <summary>True if no page has an entry.</summary>
    public static bool IsEmpty(ulong[] table) => IsFull(table) ? !table.AsSpan().ContainsAnyExcept(0UL) : Count(table) == 0;

    /// <summary>The entry of a page of the block; 0 if it has none.</summary>
    public static ulong Get(ulong[] table, int page)
    {
        if (IsFull(table))
        {
            return table[page];
        }

        return Holds(table, page) ? table[Place(table, page)] : 0;
    }

    /// <summary>Gives a page an entry, or takes it away with 0. The table may be another array afterwards.</summary>
    public static void Set(ref ulong[] table, int page, ulong entry)
    {
        if (IsFull(table))
        {
            table[page] = entry;
        }
        else if (entry == 0)
        {
            Remove(ref table, page);
        }
        else if (Holds(table, page))
        {
            table[Place(table, page)] = entry;
        }
        else
        {
            Insert(ref table, page, entry);
        }
    }

    /// <summary>Writes the entries of all 512 pages out.</summary>
    public static void CopyTo(ulong[] table, Span<ulong> entries)
    {
        if (IsFull(table))
        {
            table.CopyTo(entries);
            return;
        }

        entries.Clear();
        int place = MaskWords;
        for (int word = 0; word < MaskWords; word++)
        {
            for (ulong rest = table[word]; rest != 0; rest &= rest - 1)
            {
                entries[(word << 6) + BitOperations.TrailingZeroCount(rest)] = table[place++];
            }
        }
    }

    private static bool Holds(ulong[] table, int page) => (table[page >> 6] & (1UL << page)) != 0;

    /// <summary>Where the entry of a page is, or would have to be.</summary>
    private static int Place(ulong[] table, int page)
    {
        int word = page >> 6;
        int place = MaskWords + BitOperations.PopCount(table[word] & ((1UL << page) - 1));
        for (int w = 0; w < word; w++)
        {
            place += BitOperations.PopCount(table[w]);
        }

        return place;
    }

    private static int Count(ulong[] table)
    {
        int count = 0;
        for (int word = 0; word < MaskWords; word++)
        {
            count += BitOperations.PopCount(table[word]);
        }

        return count;
    }

    private static void Insert(ref ulong[] table, int page, ulong entry)
    {
        int end = MaskWords + Count(table);
        if (end == table.Length)
        {
            int capacity = end - MaskWords;
            capacity += Math.Max(capacity / 4, LeastCapacity);
            if (capacity > MostPacked)
            {
                ulong[] full = NewFull();
                CopyTo(table, full);
                full[page] = entry;
                table = full;
                return;
            }

            Array.Resize(ref table, MaskWords + capacity);
        }

        int place = Place(table, page);
        Array.Copy(table, place, table, place + 1, end - place);
        table[place] = entry;
        table[page >> 6] |= 1UL << page;
    }

    private static void Remove(ref ulong[] table, int page)
    {
        if (!Holds(table, page))
        {
            return;
        }

        int place = Place(table, page);
        int end = MaskWords + Count(table) - 1;
        Array.Copy(table, place + 1, table, place, end - place);
        table[page >> 6] &= ~(1UL << page);
        int capacity = table.Length - MaskWords;
        int needed = Math.Max(end - MaskWords, LeastCapacity);
        if (2 * needed < capacity)
        {
            Array.Resize(ref table, MaskWords + needed + (needed / 4));
        }
    }
}
