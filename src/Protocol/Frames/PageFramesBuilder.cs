using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>Collects the frames of pages of a block, in ascending order of pages; needs no array as long as they are consecutive.</summary>
internal struct PageFramesBuilder
{
    private PageFrames _frames;
    private PageWords _scattered;
    private PageMask _pages;

    /// <summary>Adds the frame of one page.</summary>
    public void Add(int page, PageFrameNumber frame)
    {
        if (_pages.IsEmpty)
        {
            _frames = new PageFrames(frame + -page);
        }
        else if (_scattered.IsNone && _frames[page] != frame)
        {
            _scattered = PageWords.WithPlaces();
            foreach (int earlier in _pages)
            {
                _scattered[earlier] = _frames[earlier].Value;
            }
        }

        if (!_scattered.IsNone)
        {
            _scattered[page] = frame.Value;
        }

        _pages.Add(page);
    }

    /// <summary>What was added.</summary>
    public readonly PageFrames Build() => _scattered.IsNone ? _frames : new PageFrames(default, _scattered);
}
