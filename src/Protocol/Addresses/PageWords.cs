using System.Numerics;
using System.Runtime.CompilerServices;

namespace HmmSim.Protocol.Addresses;

/// <summary>
/// A 64-bit word for each page of a 2 MiB block: an entry, a frame, a value. What is 0 takes no place, so a word costs 8 to 10 bytes
/// whether few pages have one or all.
/// </summary>
/// <remarks>
/// One array, whose length tells its form:
/// <code>
/// packed, up to 440 words: | 8 words: one bit for each page that has a word | the words in the order of pages, then free places |
/// full:                    | 512 words |
/// </code>
/// A packed array grows by a quarter when no place is free, and shrinks when it is less than half full. A full one stays full. Copies of
/// a value share their words until one of them is changed; only one of them may be.
/// </remarks>
public struct PageWords : IEquatable<PageWords>
{
    private const int Pages = VirtualBlockNumber.Pages;
    private const int MaskWords = Pages / 64;
    private const int LeastCapacity = 8;
    private const int MostPacked = 440;

    private ulong[]? _words;

    private PageWords(ulong[] words) => _words = words;

    /// <summary>True of the default: nobody has said anything about the pages. All words are 0 then.</summary>
    public readonly bool IsNone => _words is null;

    /// <summary>True if every page has a place of its own; see <see cref="Span"/>.</summary>
    public readonly bool IsFull => _words is { Length: Pages };

    /// <summary>Pages whose word is not 0.</summary>
    public readonly int Count => IsNone ? 0 : IsFull ? Pages - _words.AsSpan().Count(0UL) : CountPacked(_words!);

    /// <summary>The 512 words of a full one; empty for a packed one.</summary>
    internal readonly Span<ulong> Span => IsFull ? _words : [];

    /// <summary>The word of a page of the block, 0 to 511.</summary>
    public ulong this[int page]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => _words is not { } words ? 0 : words.Length == Pages ? words[page] : Packed(words, page);

        set
        {
            _words ??= new ulong[MaskWords + LeastCapacity];
            if (_words.Length == Pages)
            {
                _words[page] = value;
            }
            else if (value == 0)
            {
                Remove(page);
            }
            else if (Holds(_words, page))
            {
                _words[Place(_words, page)] = value;
            }
            else
            {
                Insert(page, value);
            }
        }
    }

    /// <summary>No word but 0, with places for a number of others: a full one if they are many.</summary>
    public static PageWords WithPlaces(int places = LeastCapacity) => places > MostPacked ? Full() : new(new ulong[MaskWords + places]);

    /// <summary>No word but 0, with a place for each page.</summary>
    public static PageWords Full() => new(new ulong[Pages]);

    /// <summary>The pages whose word is not 0, in ascending order, with their words.</summary>
    public readonly Enumerator GetEnumerator() => new(_words);

    /// <summary>True if both have the same words, or neither says anything.</summary>
    public static bool operator ==(PageWords left, PageWords right) => left.Equals(right);

    /// <summary>False if both have the same words, or neither says anything.</summary>
    public static bool operator !=(PageWords left, PageWords right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(PageWords other)
    {
        if (IsNone != other.IsNone || Count != other.Count)
        {
            return false;
        }

        foreach ((int page, ulong word) in this)
        {
            if (other[page] != word)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is PageWords other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        ulong hash = 0;
        foreach ((int page, ulong word) in this)
        {
            hash = (hash * 31) + ((ulong)page ^ word);
        }

        return hash.GetHashCode();
    }

    /// <summary>Pages and their words, for diagnostics.</summary>
    public override readonly string ToString()
    {
        var parts = new List<string>();
        foreach ((int page, ulong word) in this)
        {
            parts.Add($"{page}:{word:x}");
        }

        return IsNone ? "none" : $"[{string.Join(' ', parts)}]";
    }

    private static ulong Packed(ulong[] words, int page) => Holds(words, page) ? words[Place(words, page)] : 0;

    private static bool Holds(ulong[] words, int page) => (words[page >> 6] & (1UL << page)) != 0;

    /// <summary>Where the word of a page is, or would have to be.</summary>
    private static int Place(ulong[] words, int page)
    {
        int last = page >> 6;
        int place = MaskWords + BitOperations.PopCount(words[last] & ((1UL << page) - 1));
        for (int at = 0; at < last; at++)
        {
            place += BitOperations.PopCount(words[at]);
        }

        return place;
    }

    private static int CountPacked(ulong[] words)
    {
        int count = 0;
        for (int at = 0; at < MaskWords; at++)
        {
            count += BitOperations.PopCount(words[at]);
        }

        return count;
    }

    private void Insert(int page, ulong word)
    {
        int end = MaskWords + CountPacked(_words!);
        if (end == _words!.Length)
        {
            int capacity = end - MaskWords;
            capacity += Math.Max(capacity / 4, LeastCapacity);
            if (capacity > MostPacked)
            {
                PageWords full = Full();
                foreach ((int held, ulong present) in this)
                {
                    full._words![held] = present;
                }

                full._words![page] = word;
                this = full;
                return;
            }

            Array.Resize(ref _words, MaskWords + capacity);
        }

        int place = Place(_words, page);
        Array.Copy(_words, place, _words, place + 1, end - place);
        _words[place] = word;
        _words[page >> 6] |= 1UL << page;
    }

    private void Remove(int page)
    {
        if (!Holds(_words!, page))
        {
            return;
        }

        int place = Place(_words!, page);
        int end = MaskWords + CountPacked(_words!) - 1;
        Array.Copy(_words!, place + 1, _words!, place, end - place);
        _words![page >> 6] &= ~(1UL << page);
        int capacity = _words.Length - MaskWords;
        int needed = Math.Max(end - MaskWords, LeastCapacity);
        if (2 * needed < capacity)
        {
            Array.Resize(ref _words, MaskWords + needed + (needed / 4));
        }
    }

    /// <summary>Walks the words that are not 0; they must not be changed meanwhile.</summary>
    public struct Enumerator
    {
        private readonly ulong[] _words;
        private readonly bool _isFull;
        private ulong _rest;
        private int _at; // full: the next page; packed: the word of the mask
        private int _place;

        internal Enumerator(ulong[]? words)
        {
            _words = words ?? [];
            _isFull = _words.Length == Pages;
            _rest = _words.Length == 0 || _isFull ? 0 : _words[0];
            _place = MaskWords;
        }

        /// <summary>The page the walk is at, and its word.</summary>
        public (int Page, ulong Word) Current { get; private set; }

        /// <summary>Goes to the next page with a word; false after the last.</summary>
        public bool MoveNext() => _isFull ? MoveNextFull() : MoveNextPacked();

        private bool MoveNextFull()
        {
            while (_at < Pages)
            {
                if (_words[_at++] is var word and not 0)
                {
                    Current = (_at - 1, word);
                    return true;
                }
            }

            return false;
        }

        private bool MoveNextPacked()
        {
            while (_rest == 0)
            {
                if (_words.Length == 0 || ++_at == MaskWords)
                {
                    return false;
                }

                _rest = _words[_at];
            }

            Current = ((_at << 6) + BitOperations.TrailingZeroCount(_rest), _words[_place++]);
            _rest &= _rest - 1;
            return true;
        }
    }
}
