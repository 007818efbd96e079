namespace HmmSim.Protocol.Addresses;

/// <summary>One 2 MiB block of one address space, packed into 64 bits (space in the upper 16) for use as a key.</summary>
public readonly record struct BlockKey(ulong Value) : IComparable<BlockKey>
{
    private const int SpaceShift = 48;

    /// <summary>The key of <paramref name="block"/> in <paramref name="space"/>.</summary>
    public BlockKey(AddressSpaceId space, VirtualBlockNumber block)
        : this(((ulong)space.Value << SpaceShift) | block.Value)
    {
    }

    /// <summary>The address space.</summary>
    public AddressSpaceId Space => new((ushort)(Value >> SpaceShift));

    /// <summary>The block inside the address space.</summary>
    public VirtualBlockNumber Block => new(Value & ((1UL << SpaceShift) - 1));

    /// <inheritdoc/>
    public int CompareTo(BlockKey other) => Value.CompareTo(other.Value);

    /// <summary>Before, by space and then by address.</summary>
    public static bool operator <(BlockKey left, BlockKey right) => left.Value < right.Value;

    /// <summary>After, by space and then by address.</summary>
    public static bool operator >(BlockKey left, BlockKey right) => left.Value > right.Value;

    /// <summary>Not after, by space and then by address.</summary>
    public static bool operator <=(BlockKey left, BlockKey right) => left.Value <= right.Value;

    /// <summary>Not before, by space and then by address.</summary>
    public static bool operator >=(BlockKey left, BlockKey right) => left.Value >= right.Value;

    /// <summary>Space and address, for diagnostics.</summary>
    public override string ToString() => $"{Space.Value}:{Block}";
}
