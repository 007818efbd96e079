using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>
/// The frames of one memory with their reference counts. The first page of a block reserves a whole free 2 MiB chunk for the
/// block, so that its pages become consecutive frames; when no chunk is free any more, single free frames are used, also
/// those of other reservations (as superpage reservation does in FreeBSD; nvidia-uvm splits root chunks instead).
/// </summary>
/// <remarks>
/// Chunks of 512 frames are kept as 24 bytes each, from the first to the last that was ever used; only a chunk that is neither empty nor simply full has more
/// (<see cref="ChunkDetail"/>). A frame is free, or in use with a reference count of at least one: one for its mapping or for the transaction that moves
/// it, plus one for each pin. Every choice is by lowest number, so allocation is deterministic.
/// </remarks>
public sealed partial class FramePool
{
    private const int NoChunk = -1;

    private readonly int _chunkCount;
    private readonly ulong[] _chunksWithFree;
    private readonly ulong[] _emptyChunks;
    private readonly Dictionary<BlockKey, int> _reservations = [];
    private readonly bool _tracksValues;
    private int _oldest = NoChunk;
    private int _newest = NoChunk;

    /// <summary>A pool of free frames.</summary>
    /// <param name="firstFrame">Number of the first frame.</param>
    /// <param name="frameCount">Number of frames, at least 1.</param>
    /// <param name="tracksValues">Whether each frame holds a 64-bit value.</param>
    public FramePool(PageFrameNumber firstFrame, long frameCount, bool tracksValues)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        FirstFrame = firstFrame;
        FrameCount = frameCount;
        FreeFrameCount = frameCount;
        _tracksValues = tracksValues;
        int chunkCount = (int)((frameCount + VirtualBlockNumber.Pages - 1) / VirtualBlockNumber.Pages);
        _chunkCount = chunkCount;
        _chunksWithFree = new ulong[(chunkCount + 63) / 64];
        _emptyChunks = new ulong[_chunksWithFree.Length];
        for (int i = 0; i < chunkCount; i++)
        {
            SetBit(_chunksWithFree, i);
            SetBit(_emptyChunks, i);
        }
    }

    /// <summary>Number of the first frame.</summary>
    public PageFrameNumber FirstFrame { get; }

    /// <summary>Frames in all.</summary>
    public long FrameCount { get; }

    /// <summary>Frames that are free now.</summary>
    public long FreeFrameCount { get; private set; }

    /// <summary>The most frames that were ever in use at once.</summary>
    public long PeakUsedFrameCount { get; private set; }

    /// <summary>True if the frame belongs to this memory.</summary>
    public bool Owns(PageFrameNumber frame) => frame.Value - FirstFrame.Value < (ulong)FrameCount;

    /// <summary>Takes a frame for each page of <paramref name="pages"/>, all or none, each with one reference.</summary>
    /// <returns>False if fewer frames are free than pages asked for; nothing changed then.</returns>
    public bool TryAllocate(BlockKey block, in PageMask pages, out PageFrames frames)
    {
        frames = default;
        int wanted = pages.Count;
        if (wanted > FreeFrameCount)
        {
            return false;
        }

        if (wanted == 0)
        {
            return true;
        }

        FreeFrameCount -= wanted;
        PeakUsedFrameCount = Math.Max(PeakUsedFrameCount, FrameCount - FreeFrameCount);
        PageMask aligned = default;
        int reserved = ReservationOf(block, pages);
        if (reserved != NoChunk)
        {
            aligned = pages & Capacity(reserved) - UsedOf(reserved);
            UseAligned(reserved, aligned);
            frames = new PageFrames(FrameAt(reserved, 0));
            if (aligned == pages)
            {
                return true;
            }
        }

        var builder = new PageFramesBuilder();
        foreach (int page in pages)
        {
            builder.Add(page, aligned.Contains(page) ? frames[page] : TakeForeign(block, page));
        }

        frames = builder.Build();
        return true;
    }

    /// <summary>The reference count of a frame; 0 if it is free.</summary>
    public int References(PageFrameNumber frame)
    {
        (int chunk, int slot) = Locate(frame);
        return !UsedOf(chunk).Contains(slot) ? 0 : 1 + (_chunks[chunk].Detail?.ExtraReferences?[slot] ?? 0);
    }

    /// <summary>Adds a reference to a frame in use.</summary>
    /// <exception cref="InvalidOperationException">The frame is free.</exception>
    public void Get(PageFrameNumber frame)
    {
        (int chunk, int slot) = LocateUsed(frame);
        ChunkDetail detail = OpenDetail(chunk);
        (detail.ExtraReferences ??= new ushort[VirtualBlockNumber.Pages])[slot]++;
        detail.ExtraReferenceCount++;
    }

    /// <summary>Drops a reference; the last one frees the frame.</summary>
    /// <returns>True if the frame is free now.</returns>
    /// <exception cref="InvalidOperationException">The frame is free already.</exception>
    public bool Put(PageFrameNumber frame)
    {
        (int chunk, int slot) = LocateUsed(frame);
        ChunkDetail detail = OpenDetail(chunk);
        if (detail.ExtraReferences is { } extra && extra[slot] > 0)
        {
            extra[slot]--;
            if (--detail.ExtraReferenceCount == 0)
            {
                detail.ExtraReferences = null;
                CloseDetail(chunk, detail);
            }

            return false;
        }

        detail.Used.Remove(slot);
        detail.Foreign.Remove(slot);
        if (!detail.Values.IsNone)
        {
            detail.Values[slot] = 0;
        }

        FreeFrameCount++;
        SetBit(_chunksWithFree, chunk);
        if (detail.Used.IsEmpty)
        {
            Retire(chunk);
        }

        return true;
    }

    /// <summary>The value stored in a frame; 0 where values are not tracked or nothing was stored since the frame was allocated.</summary>
    public ulong ReadValue(PageFrameNumber frame)
    {
        (int chunk, int slot) = LocateUsed(frame);
        return _chunks[chunk].Detail?.Values[slot] ?? 0;
    }

    /// <summary>Stores a value into a frame; without effect where values are not tracked.</summary>
    public void WriteValue(PageFrameNumber frame, ulong value)
    {
        if (_tracksValues)
        {
            (int chunk, int slot) = LocateUsed(frame);
            OpenDetail(chunk).Values[slot] = value;
        }
    }

    /// <summary>Positions of the chunks in use, least recently allocated first: nvidia-uvm's order of eviction.</summary>
    public IEnumerable<int> ChunksOldestFirst()
    {
        for (int chunk = _oldest; chunk != NoChunk; chunk = _chunks[chunk].Newer)
        {
            yield return chunk;
        }
    }

    /// <summary>The pages that live in a chunk, by block, the block the chunk is reserved to first and the others in order of address.</summary>
    public IEnumerable<ChunkPages> PagesOfChunk(int index)
    {
        if (UsedOf(index).IsEmpty)
        {
            yield break;
        }

        ChunkDetail? detail = _chunks[index].Detail;
        PageMask aligned = detail is null ? UsedOf(index) : detail.Used - detail.Foreign;
        if (!aligned.IsEmpty)
        {
            yield return new ChunkPages(_chunks[index].Owner, aligned, new PageFrames(FrameAt(index, 0)));
        }

        if (detail is null || detail.Foreign.IsEmpty)
        {
            yield break;
        }

        var foreign = new List<(ulong Page, int Slot)>();
        foreach (int slot in detail.Foreign)
        {
            foreign.Add((detail.ForeignPages[slot], slot));
        }

        foreign.Sort(); // by block, and by page in each
        for (int at = 0; at < foreign.Count;)
        {
            BlockKey block = UnpackPage(foreign[at].Page).Block;
            PageMask pages = default;
            var frames = new PageFramesBuilder();
            for (; at < foreign.Count && UnpackPage(foreign[at].Page) is var (owner, page) && owner == block; at++)
            {
                pages.Add(page);
                frames.Add(page, FrameAt(index, foreign[at].Slot));
            }

            yield return new ChunkPages(block, pages, frames.Build());
        }
    }

    /// <summary>Counts the frames in use, chunk by chunk, and their references: the slow truth behind the counters.</summary>
    public (long UsedFrames, long References) Audit()
    {
        long used = 0;
        long references = 0;
        for (int chunk = 0; chunk < _chunks.Length; chunk++)
        {
            int inChunk = UsedOf(chunk).Count;
            used += inChunk;
            references += inChunk + (_chunks[chunk].Detail?.ExtraReferenceCount ?? 0);
        }

        return (used, references);
    }
}
