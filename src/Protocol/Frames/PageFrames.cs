using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>
/// Which frame belongs to each page of a block: either consecutive frames, so that page <c>i</c> has <see cref="Base"/>+i, or
/// one number for each page.
/// </summary>
/// <param name="Base">Frame of page 0 where <paramref name="Scattered"/> is none.</param>
/// <param name="Scattered">The frame number of each page, or none.</param>
public readonly record struct PageFrames(PageFrameNumber Base, PageWords Scattered = default)
{
    /// <summary>The frame of a page, 0 to 511; meaningful for the pages of the mask that travels with this value.</summary>
    public PageFrameNumber this[int page] => Scattered.IsNone ? Base + page : new PageFrameNumber(Scattered[page]);
}
