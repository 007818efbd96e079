using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>
/// Which frame belongs to each page of a block: either consecutive frames, so that page <c>i</c> has <see cref="Base"/>+i, or
/// one number for each page.
/// </summary>
/// <param name="Base">Frame of page 0 where <paramref name="Scattered"/> is null.</param>
/// <param name="Scattered">512 frame numbers by page index, or null.</param>
public readonly record struct PageFrames(PageFrameNumber Base, ulong[]? Scattered)
{
    /// <summary>The frame of a page, 0 to 511; meaningful for the pages of the mask that travels with this value.</summary>
    public PageFrameNumber this[int page] => Scattered is null ? Base + page : new PageFrameNumber(Scattered[page]);
}
