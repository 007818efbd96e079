namespace HmmSim.Protocol.Addresses;

/// <summary>
/// Number of a 2 MiB block of virtual addresses: the natural unit of messages and of page-table storage
/// (a PMD in Linux, a VA block in nvidia-uvm, <c>UVM_VA_BLOCK_BITS</c> 21).
/// </summary>
public readonly record struct VirtualBlockNumber(ulong Value) : IComparable<VirtualBlockNumber>
{
    /// <summary>Bits of a page index inside a block.</summary>
    public const int PagesShift = 9;

    /// <summary>Pages of one block.</summary>
    public const int Pages = 1 << PagesShift;

    /// <summary>Bytes of one block: 2 MiB.</summary>
    public const int Bytes = Pages * VirtualPageNumber.PageBytes;

    /// <summary>The first page of the block.</summary>
    public VirtualPageNumber FirstPage => new(Value << PagesShift);

    /// <summary>The page with index 0 to 511 in this block.</summary>
    public VirtualPageNumber Page(int index) => new((Value << PagesShift) + (ulong)index);

    /// <inheritdoc/>
    public int CompareTo(VirtualBlockNumber other) => Value.CompareTo(other.Value);

    /// <summary>Below.</summary>
    public static bool operator <(VirtualBlockNumber left, VirtualBlockNumber right) => left.Value < right.Value;

    /// <summary>Above.</summary>
    public static bool operator >(VirtualBlockNumber left, VirtualBlockNumber right) => left.Value > right.Value;

    /// <summary>Not above.</summary>
    public static bool operator <=(VirtualBlockNumber left, VirtualBlockNumber right) => left.Value <= right.Value;

    /// <summary>Not below.</summary>
    public static bool operator >=(VirtualBlockNumber left, VirtualBlockNumber right) => left.Value >= right.Value;

    /// <summary>The block as the hexadecimal address of its first byte.</summary>
    public override string ToString() => $"0x{Value << (PagesShift + VirtualPageNumber.PageShift):x}";
}
