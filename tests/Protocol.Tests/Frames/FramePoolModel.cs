using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;

namespace HmmSim.Protocol.Tests.Frames;

/// <summary>The plain truth about a frame pool: which page each frame in use holds, its references and its value.</summary>
internal sealed class FramePoolModel(FramePool pool)
{
    private readonly SortedDictionary<ulong, Frame> _used = [];
    private readonly List<int> _chunksByAge = [];
    private long _peak;

    public IReadOnlyList<ulong> Used => [.. _used.Keys];

    private sealed record Frame(BlockKey Block, int Page)
    {
        public int References { get; set; } = 1;

        public ulong Value { get; set; }
    }

    public bool Allocate(BlockKey block, PageMask pages)
    {
        bool expected = pages.Count <= pool.FrameCount - _used.Count;
        Assert.Equal(expected, pool.TryAllocate(block, pages, out PageFrames frames));
        if (!expected)
        {
            return false;
        }

        foreach (int page in pages)
        {
            PageFrameNumber frame = frames[page];
            Assert.True(pool.Owns(frame), $"{frame} lies outside the pool");
            Assert.True(_used.TryAdd(frame.Value, new Frame(block, page)), $"{frame} was given out twice");
            if (!_chunksByAge.Contains(ChunkOf(frame.Value)))
            {
                _chunksByAge.Add(ChunkOf(frame.Value));
            }
        }

        _peak = Math.Max(_peak, _used.Count);
        return true;
    }

    public void Get(ulong frame)
    {
        pool.Get(new PageFrameNumber(frame));
        _used[frame].References++;
    }

    public void Put(ulong frame)
    {
        bool isLast = --_used[frame].References == 0;
        Assert.Equal(isLast, pool.Put(new PageFrameNumber(frame)));
        if (isLast)
        {
            _used.Remove(frame);
            if (!_used.Keys.Any(other => ChunkOf(other) == ChunkOf(frame)))
            {
                _chunksByAge.Remove(ChunkOf(frame));
            }
        }
    }

    public void Write(ulong frame, ulong value)
    {
        pool.WriteValue(new PageFrameNumber(frame), value);
        _used[frame].Value = value;
    }

    public void Check()
    {
        Assert.Equal(pool.FrameCount - _used.Count, pool.FreeFrameCount);
        Assert.Equal(_peak, pool.PeakUsedFrameCount);
        Assert.Equal(((long)_used.Count, (long)_used.Values.Sum(frame => frame.References)), pool.Audit());
        Assert.Equal(_chunksByAge, pool.ChunksOldestFirst());
        for (long offset = 0; offset < pool.FrameCount; offset++)
        {
            PageFrameNumber number = pool.FirstFrame + offset;
            _used.TryGetValue(number.Value, out Frame? frame);
            Assert.Equal(frame?.References ?? 0, pool.References(number));
            Assert.Equal(frame?.Value ?? 0, frame is null ? 0 : pool.ReadValue(number));
        }

        for (int chunk = 0; chunk < (pool.FrameCount + 511) / 512; chunk++)
        {
            var expected = _used.Where(pair => ChunkOf(pair.Key) == chunk).Select(pair => (pair.Value.Block, pair.Value.Page, pair.Key)).Order();
            var listed = pool.PagesOfChunk(chunk)
                .SelectMany(group => group.Pages.Enumerate().Select(page => (group.Block, Page: page, group.Frames[page].Value)));
            Assert.Equal(expected, listed.Order());
        }
    }

    private int ChunkOf(ulong frame) => (int)((frame - pool.FirstFrame.Value) / 512);
}
