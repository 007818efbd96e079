using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>
/// What <see cref="FramePool"/> knows of a chunk that is neither empty nor simply full. A chunk is simply full when each of its
/// frames holds the page with the same index of the block it is reserved to, has one reference and no value; that needs no detail.
/// </summary>
/// <remarks>
/// About 200 bytes, plus 1 KiB while a reference count differs from 1, 8 to 10 for each foreign page, and as much for each page
/// value other than 0.
/// </remarks>
internal sealed class ChunkDetail
{
    /// <summary>Frames in use.</summary>
    public PageMask Used;

    /// <summary>Frames in use for a page other than the one with the same index in the block the chunk is reserved to.</summary>
    public PageMask Foreign;

    /// <summary>Page of each foreign frame: space in the upper 16 bits, virtual page number below.</summary>
    public PageWords ForeignPages;

    /// <summary>Reference count of each frame minus one, kept only while one of them is above one.</summary>
    public ushort[]? ExtraReferences;

    /// <summary>Sum of <see cref="ExtraReferences"/>.</summary>
    public int ExtraReferenceCount;

    /// <summary>64-bit value of each frame where values are tracked.</summary>
    public PageWords Values;
}
