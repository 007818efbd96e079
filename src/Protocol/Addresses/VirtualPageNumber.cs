namespace HmmSim.Protocol.Addresses;

/// <summary>
/// Number of a 4 KiB virtual page inside an address space: the virtual address divided by 4096. Range 0 to 2^45-1,
/// the 57-bit virtual addresses of x86-64 with five-level page tables.
/// </summary>
public readonly record struct VirtualPageNumber(ulong Value) : IComparable<VirtualPageNumber>
{
    /// <summary>Bits of an offset inside a page; a page is 4096 bytes.</summary>
    public const int PageShift = 12;

    /// <summary>Bytes of one page.</summary>
    public const int PageBytes = 1 << PageShift;

    /// <summary>Bits of a virtual page number.</summary>
    public const int Bits = 45;

    /// <summary>The 2 MiB block the page lies in.</summary>
    public VirtualBlockNumber Block => new(Value >> VirtualBlockNumber.PagesShift);

    /// <summary>Index of the page inside its block, 0 to 511.</summary>
    public int IndexInBlock => (int)(Value & (VirtualBlockNumber.Pages - 1));

    /// <summary>The page that holds a byte address.</summary>
    public static VirtualPageNumber OfAddress(ulong address) => new(address >> PageShift);

    /// <inheritdoc/>
    public int CompareTo(VirtualPageNumber other) => Value.CompareTo(other.Value);

    /// <summary>The page <paramref name="pages"/> further on.</summary>
    public static VirtualPageNumber operator +(VirtualPageNumber page, long pages) => new(page.Value + (ulong)pages);

    /// <summary>Below.</summary>
    public static bool operator <(VirtualPageNumber left, VirtualPageNumber right) => left.Value < right.Value;

    /// <summary>Above.</summary>
    public static bool operator >(VirtualPageNumber left, VirtualPageNumber right) => left.Value > right.Value;

    /// <summary>Not above.</summary>
    public static bool operator <=(VirtualPageNumber left, VirtualPageNumber right) => left.Value <= right.Value;

    /// <summary>Not below.</summary>
    public static bool operator >=(VirtualPageNumber left, VirtualPageNumber right) => left.Value >= right.Value;

    /// <summary>The page as the hexadecimal address of its first byte.</summary>
    public override string ToString() => $"0x{Value << PageShift:x}";
}
