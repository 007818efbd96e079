using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HmmSim.Protocol.Addresses;

/// <summary>A set of pages of one 2 MiB block: one bit for each of its 512 pages.</summary>
/// <remarks>64 bytes. Masks let one message move up to 512 pages; an empty mask is the default value.</remarks>
public struct PageMask : IEquatable<PageMask>
{
    private const int Words = VirtualBlockNumber.Pages / 64;
    private Vector512<ulong> _bits;

    private PageMask(Vector512<ulong> bits) => _bits = bits;

    /// <summary>All 512 pages.</summary>
    public static PageMask All => new(Vector512<ulong>.AllBitsSet);

    /// <summary>True if no page is in the set.</summary>
    public readonly bool IsEmpty => _bits == Vector512<ulong>.Zero;

    /// <summary>Number of pages in the set, 0 to 512.</summary>
    public readonly int Count
    {
        get
        {
            int count = 0;
            for (int w = 0; w < Words; w++)
            {
                count += BitOperations.PopCount(Read(w));
            }

            return count;
        }
    }

    /// <summary>Index of the lowest page in the set, or 512 if the set is empty.</summary>
    public readonly int First => NextAtOrAfter(0);

    /// <summary>The highest page in the set; -1 if it is empty.</summary>
    public readonly int Last
    {
        get
        {
            for (int word = 7; word >= 0; word--)
            {
                if (Read(word) is var bits and not 0)
                {
                    return (word << 6) + 63 - System.Numerics.BitOperations.LeadingZeroCount(bits);
                }
            }

            return -1;
        }
    }

    /// <summary>The pages in ascending order, for queries.</summary>
    public readonly IEnumerable<int> Enumerate()
    {
        PageMask mask = this;
        for (int page = mask.First; page < VirtualBlockNumber.Pages; page = mask.NextAtOrAfter(page + 1))
        {
            yield return page;
        }
    }

    /// <summary>The set of one page, 0 to 511.</summary>
    public static PageMask Of(int page)
    {
        PageMask mask = default;
        mask.Add(page);
        return mask;
    }

    /// <summary>The set of <paramref name="count"/> consecutive pages from <paramref name="begin"/>; clipped at the end of the block.</summary>
    public static PageMask Range(int begin, int count)
    {
        PageMask mask = default;
        int end = Math.Min(begin + count, VirtualBlockNumber.Pages);
        for (int page = begin; page < end;)
        {
            int bit = page & 63;
            int bits = Math.Min(64 - bit, end - page);
            mask.Word(page >> 6) |= (bits == 64 ? ulong.MaxValue : (1UL << bits) - 1) << bit;
            page += bits;
        }

        return mask;
    }

    /// <summary>True if the page is in the set.</summary>
    public readonly bool Contains(int page) => (Read(page >> 6) & (1UL << page)) != 0;

    /// <summary>Puts the page into the set.</summary>
    public void Add(int page) => Word(page >> 6) |= 1UL << page;

    /// <summary>Takes the page out of the set.</summary>
    public void Remove(int page) => Word(page >> 6) &= ~(1UL << page);

    /// <summary>True if the two sets share a page.</summary>
    public readonly bool Overlaps(in PageMask other) => (_bits & other._bits) != Vector512<ulong>.Zero;

    /// <summary>The lowest page in the set that is not below <paramref name="page"/>, or 512.</summary>
    public readonly int NextAtOrAfter(int page)
    {
        if (page >= VirtualBlockNumber.Pages)
        {
            return VirtualBlockNumber.Pages;
        }

        int w = page >> 6;
        ulong word = Read(w) & (ulong.MaxValue << (page & 63));
        while (word == 0)
        {
            if (++w == Words)
            {
                return VirtualBlockNumber.Pages;
            }

            word = Read(w);
        }

        return (w << 6) + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>Pages in either set.</summary>
    public static PageMask operator |(in PageMask left, in PageMask right) => new(left._bits | right._bits);

    /// <summary>Pages in both sets.</summary>
    public static PageMask operator &(in PageMask left, in PageMask right) => new(left._bits & right._bits);

    /// <summary>Pages of the left set that are not in the right one.</summary>
    public static PageMask operator -(in PageMask left, in PageMask right) => new(Vector512.AndNot(left._bits, right._bits));

    /// <summary>Equality of sets.</summary>
    public static bool operator ==(in PageMask left, in PageMask right) => left.Equals(right);

    /// <summary>Inequality of sets.</summary>
    public static bool operator !=(in PageMask left, in PageMask right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(PageMask other) => _bits == other._bits;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is PageMask other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => _bits.GetHashCode();

    /// <summary>One of the eight 64-bit words of the mask, page 0 in bit 0 of word 0; for digests and codecs.</summary>
    public readonly ulong Read(int word) => Unsafe.Add(ref Unsafe.As<Vector512<ulong>, ulong>(ref Unsafe.AsRef(in _bits)), word);

    /// <summary>Replaces one of the eight words that <see cref="Read"/> gives; for codecs.</summary>
    public void Write(int word, ulong bits) => Word(word) = bits;

    [UnscopedRef]
    private ref ulong Word(int word) => ref Unsafe.Add(ref Unsafe.As<Vector512<ulong>, ulong>(ref _bits), word);

    /// <summary>The pages in ascending order.</summary>
    public readonly Enumerator GetEnumerator() => new(this);

    /// <summary>Ranges such as <c>0-15,40</c>, for diagnostics; <c>-</c> if empty.</summary>
    public override readonly string ToString()
    {
        var parts = new List<string>();
        for (int page = First; page < VirtualBlockNumber.Pages;)
        {
            int end = page + 1;
            while (end < VirtualBlockNumber.Pages && Contains(end))
            {
                end++;
            }

            parts.Add(end - page == 1 ? $"{page}" : $"{page}-{end - 1}");
            page = NextAtOrAfter(end);
        }

        return parts.Count == 0 ? "-" : string.Join(',', parts);
    }

    /// <summary>Walks the pages of a copy of a mask in ascending order.</summary>
    public struct Enumerator
    {
        private readonly PageMask _mask;
        private ulong _rest;
        private int _word;

        internal Enumerator(in PageMask mask)
        {
            _mask = mask;
            _rest = mask.Read(0);
            _word = 0;
            Current = -1;
        }

        /// <summary>The page the walk is at.</summary>
        public int Current { get; private set; }

        /// <summary>Goes to the next page; false after the last.</summary>
        public bool MoveNext()
        {
            while (_rest == 0)
            {
                if (++_word == Words)
                {
                    return false;
                }

                _rest = _mask.Read(_word);
            }

            Current = (_word << 6) + BitOperations.TrailingZeroCount(_rest);
            _rest &= _rest - 1;
            return true;
        }
    }
}
