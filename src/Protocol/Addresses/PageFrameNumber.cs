namespace HmmSim.Protocol.Addresses;

/// <summary>
/// Number of a 4 KiB page frame in the physical numbering of the whole simulated system, 40 bits. Every memory owns one
/// contiguous range of it, as every Linux <c>dev_pagemap</c> owns a range of pfns; so a page-table entry that names a frame
/// also names the host and the memory.
/// </summary>
public readonly record struct PageFrameNumber(ulong Value) : IComparable<PageFrameNumber>
{
    /// <summary>Bits of a frame number: <c>MAX_PHYSMEM_BITS - PAGE_SHIFT</c> = 52 - 12 on x86-64.</summary>
    public const int Bits = 40;

    /// <summary>The shared zero page, which belongs to no memory: every load of it is 0 (<c>ZERO_PAGE</c>).</summary>
    public static readonly PageFrameNumber ZeroPage;

    /// <inheritdoc/>
    public int CompareTo(PageFrameNumber other) => Value.CompareTo(other.Value);

    /// <summary>The frame <paramref name="frames"/> further on.</summary>
    public static PageFrameNumber operator +(PageFrameNumber frame, long frames) => new(frame.Value + (ulong)frames);

    /// <summary>Below.</summary>
    public static bool operator <(PageFrameNumber left, PageFrameNumber right) => left.Value < right.Value;

    /// <summary>Above.</summary>
    public static bool operator >(PageFrameNumber left, PageFrameNumber right) => left.Value > right.Value;

    /// <summary>Not above.</summary>
    public static bool operator <=(PageFrameNumber left, PageFrameNumber right) => left.Value <= right.Value;

    /// <summary>Not below.</summary>
    public static bool operator >=(PageFrameNumber left, PageFrameNumber right) => left.Value >= right.Value;

    /// <summary>The number in hexadecimal, as the kernel prints pfns.</summary>
    public override string ToString() => $"pfn 0x{Value:x}";
}
