namespace HmmSim.Protocol.Addresses;

/// <summary>
/// Number of one memory of the simulated system: the RAM of a host, the RAM a host lends to address ranges whose home is
/// another host, or the memory of a device. Also the name of the protocol endpoint that owns it. Zero is no memory.
/// </summary>
public readonly record struct MemoryId(uint Value) : IComparable<MemoryId>
{
    /// <summary>No memory.</summary>
    public static readonly MemoryId None;

    /// <inheritdoc/>
    public int CompareTo(MemoryId other) => Value.CompareTo(other.Value);

    /// <summary>Before, in the order of numbers.</summary>
    public static bool operator <(MemoryId left, MemoryId right) => left.Value < right.Value;

    /// <summary>After, in the order of numbers.</summary>
    public static bool operator >(MemoryId left, MemoryId right) => left.Value > right.Value;

    /// <summary>Not after, in the order of numbers.</summary>
    public static bool operator <=(MemoryId left, MemoryId right) => left.Value <= right.Value;

    /// <summary>Not before, in the order of numbers.</summary>
    public static bool operator >=(MemoryId left, MemoryId right) => left.Value >= right.Value;

    /// <summary>The number as <c>m7</c>.</summary>
    public override string ToString() => $"m{Value}";
}
