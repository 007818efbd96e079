using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>Collects the frames of pages of a block, in ascending order of pages; needs no array as long as they are consecutive.</summary>
internal struct PageFramesBuilder
{
    private PageFrames _frames;
    private PageMask _pages;

    /// <summary>Adds the frame of one page.</summary>
    public void Add(int page, PageFrameNumber frame)
    {
        if (_pages.IsEmpty)
        {
            _frames = new PageFrames(frame + -page, null);
        }
        else if (_frames.Scattered is null && _frames[page] != frame)
        {
            ulong[] scattered = new ulong[VirtualBlockNumber.Pages];
            foreach (int earlier in _pages)
            {
                scattered[earlier] = _frames[earlier].Value;
            }

            _frames = new PageFrames(default, scattered);
        }

        if (_frames.Scattered is { } frames)
        {
            frames[page] = frame.Value;
        }

        _pages.Add(page);
    }

    /// <summary>What was added.</summary>
    public readonly PageFrames Build() => _frames;
}
