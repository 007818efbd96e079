using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>
/// 512 consecutive frames: the root chunk of nvidia-uvm's allocator and the unit of eviction. Usually reserved to one block of
/// virtual addresses, whose page <c>i</c> then takes frame <c>i</c>; under pressure other blocks take its free frames.
/// </summary>
/// <remarks>About 200 bytes, plus 1 KiB while a reference count differs from 1, 4 KiB once foreign pages moved in, and 4 KiB for page values.</remarks>
internal sealed class FrameChunk(int index)
{
    /// <summary>Position of the chunk in its memory.</summary>
    public readonly int Index = index;

    /// <summary>Frames in use.</summary>
    public PageMask Used;

    /// <summary>Frames in use for a page other than the one with the same index in the block the chunk is reserved to.</summary>
    public PageMask Foreign;

    /// <summary>The block the chunk is reserved to, while <see cref="IsReserved"/>.</summary>
    public BlockKey Owner;

    /// <summary>True from the first allocation for <see cref="Owner"/> until the chunk is empty.</summary>
    public bool IsReserved;

    /// <summary>Page of each foreign frame: space in the upper 16 bits, virtual page number below.</summary>
    public ulong[]? ForeignPages;

    /// <summary>Reference count of each frame minus one, kept only while one of them is above one.</summary>
    public ushort[]? ExtraReferences;

    /// <summary>Sum of <see cref="ExtraReferences"/>.</summary>
    public int ExtraReferenceCount;

    /// <summary>64-bit value of each frame where values are tracked.</summary>
    public ulong[]? Values;

    /// <summary>Neighbours in the list of chunks in order of allocation, which is the order of eviction.</summary>
    public FrameChunk? Older;

    /// <inheritdoc cref="Older"/>
    public FrameChunk? Newer;
}
