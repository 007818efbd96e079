using System.Numerics;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>
/// The frames of one memory with their reference counts. The first page of a block reserves a whole free 2 MiB chunk for the
/// block, so that its pages become consecutive frames; when no chunk is free any more, single free frames are used, also
/// those of other reservations (as superpage reservation does in FreeBSD; nvidia-uvm splits root chunks instead).
/// </summary>
/// <remarks>
/// A frame is free, or in use with a reference count of at least one: one for its mapping or for the transaction that moves
/// it, plus one for each pin. Every choice is by lowest number, so allocation is deterministic.
/// </remarks>
public sealed class FramePool
{
    private readonly FrameChunk?[] _chunks;
    private readonly ulong[] _chunksWithFree;
    private readonly ulong[] _emptyChunks;
    private readonly Dictionary<BlockKey, FrameChunk> _reservations = [];
    private readonly bool _tracksValues;
    private FrameChunk? _oldest;
    private FrameChunk? _newest;

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
        _chunks = new FrameChunk?[chunkCount];
        _chunksWithFree = new ulong[(chunkCount + 63) / 64];
        _emptyChunks = new ulong[_chunksWithFree.Length];
        for (int i = 0; i < chunkCount; i++)
        {
            _chunksWithFree[i >> 6] |= 1UL << i;
            _emptyChunks[i >> 6] |= 1UL << i;
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
        PageMask rest = pages;
        if (ReservationOf(block, rest) is { } reserved)
        {
            PageMask aligned = rest & Capacity(reserved.Index) - reserved.Used;
            Use(reserved, aligned);
            rest = rest - aligned;
            frames = new PageFrames(FrameAt(reserved.Index, 0), null);
            if (rest.IsEmpty)
            {
                return true;
            }

            frames = Scatter(frames, aligned);
        }
        else
        {
            frames = new PageFrames(default, new ulong[VirtualBlockNumber.Pages]);
        }

        foreach (int page in rest)
        {
            FrameChunk chunk = ChunkAt(LowestBit(_chunksWithFree));
            int slot = (Capacity(chunk.Index) - chunk.Used).First;
            Use(chunk, PageMask.Of(slot));
            chunk.Foreign.Add(slot);
            (chunk.ForeignPages ??= new ulong[VirtualBlockNumber.Pages])[slot] = PackPage(block, page);
            frames.Scattered![page] = FrameAt(chunk.Index, slot).Value;
        }

        return true;
    }

    /// <summary>The reference count of a frame; 0 if it is free.</summary>
    public int References(PageFrameNumber frame)
    {
        (FrameChunk? chunk, int slot) = Locate(frame);
        return chunk is null || !chunk.Used.Contains(slot) ? 0 : 1 + (chunk.ExtraReferences?[slot] ?? 0);
    }

    /// <summary>Adds a reference to a frame in use.</summary>
    /// <exception cref="InvalidOperationException">The frame is free.</exception>
    public void Get(PageFrameNumber frame)
    {
        (FrameChunk chunk, int slot) = LocateUsed(frame);
        (chunk.ExtraReferences ??= new ushort[VirtualBlockNumber.Pages])[slot]++;
        chunk.ExtraReferenceCount++;
    }

    /// <summary>Drops a reference; the last one frees the frame.</summary>
    /// <returns>True if the frame is free now.</returns>
    /// <exception cref="InvalidOperationException">The frame is free already.</exception>
    public bool Put(PageFrameNumber frame)
    {
        (FrameChunk chunk, int slot) = LocateUsed(frame);
        if (chunk.ExtraReferences is { } extra && extra[slot] > 0)
        {
            extra[slot]--;
            if (--chunk.ExtraReferenceCount == 0)
            {
                chunk.ExtraReferences = null;
            }

            return false;
        }

        chunk.Used.Remove(slot);
        chunk.Foreign.Remove(slot);
        if (chunk.Values is { } values)
        {
            values[slot] = 0;
        }

        FreeFrameCount++;
        _chunksWithFree[chunk.Index >> 6] |= 1UL << chunk.Index;
        if (chunk.Used.IsEmpty)
        {
            Retire(chunk);
        }

        return true;
    }

    /// <summary>The value stored in a frame; 0 where values are not tracked or nothing was stored since the frame was allocated.</summary>
    public ulong ReadValue(PageFrameNumber frame)
    {
        (FrameChunk chunk, int slot) = LocateUsed(frame);
        return chunk.Values?[slot] ?? 0;
    }

    /// <summary>Stores a value into a frame; without effect where values are not tracked.</summary>
    public void WriteValue(PageFrameNumber frame, ulong value)
    {
        if (_tracksValues)
        {
            (FrameChunk chunk, int slot) = LocateUsed(frame);
            (chunk.Values ??= new ulong[VirtualBlockNumber.Pages])[slot] = value;
        }
    }

    /// <summary>Positions of the chunks in use, least recently allocated first: nvidia-uvm's order of eviction.</summary>
    public IEnumerable<int> ChunksOldestFirst()
    {
        for (FrameChunk? chunk = _oldest; chunk is not null; chunk = chunk.Newer)
        {
            yield return chunk.Index;
        }
    }

    /// <summary>The pages that live in a chunk, by block, the block the chunk is reserved to first and the others in order of address.</summary>
    public IEnumerable<(BlockKey Block, PageMask Pages)> PagesOfChunk(int index)
    {
        if (_chunks[index] is not { } chunk)
        {
            yield break;
        }

        PageMask aligned = chunk.Used - chunk.Foreign;
        if (!aligned.IsEmpty)
        {
            yield return (chunk.Owner, aligned);
        }

        if (chunk.Foreign.IsEmpty)
        {
            yield break;
        }

        var others = new SortedDictionary<BlockKey, PageMask>();
        foreach (int slot in chunk.Foreign)
        {
            (BlockKey block, int page) = UnpackPage(chunk.ForeignPages![slot]);
            others.TryGetValue(block, out PageMask mask);
            mask.Add(page);
            others[block] = mask;
        }

        foreach ((BlockKey block, PageMask pages) in others)
        {
            yield return (block, pages);
        }
    }

    /// <summary>Counts the frames in use, chunk by chunk, and their references: the slow truth behind the counters.</summary>
    public (long UsedFrames, long References) Audit()
    {
        long used = 0;
        long references = 0;
        foreach (FrameChunk? chunk in _chunks)
        {
            if (chunk is not null)
            {
                used += chunk.Used.Count;
                references += chunk.Used.Count + chunk.ExtraReferenceCount;
            }
        }

        return (used, references);
    }

    private static ulong PackPage(BlockKey block, int page) =>
        ((ulong)block.Space.Value << 48) | block.Block.Page(page).Value;

    private static (BlockKey Block, int Page) UnpackPage(ulong packed)
    {
        VirtualPageNumber page = new(packed & ((1UL << 48) - 1));
        return (new BlockKey(new AddressSpaceId((ushort)(packed >> 48)), page.Block), page.IndexInBlock);
    }

    private static int LowestBit(ulong[] words)
    {
        int word = words.AsSpan().IndexOfAnyExcept(0UL);
        return (word << 6) + BitOperations.TrailingZeroCount(words[word]);
    }

    private static PageFrames Scatter(PageFrames frames, in PageMask pages)
    {
        ulong[] scattered = new ulong[VirtualBlockNumber.Pages];
        foreach (int page in pages)
        {
            scattered[page] = frames[page].Value;
        }

        return new PageFrames(default, scattered);
    }

    private PageFrameNumber FrameAt(int chunk, int slot) => FirstFrame + (((long)chunk << VirtualBlockNumber.PagesShift) + slot);

    private PageMask Capacity(int chunk) =>
        PageMask.Range(0, (int)Math.Min(VirtualBlockNumber.Pages, FrameCount - ((long)chunk << VirtualBlockNumber.PagesShift)));

    private FrameChunk ChunkAt(int index) => _chunks[index] ??= new FrameChunk(index);

    private (FrameChunk? Chunk, int Slot) Locate(PageFrameNumber frame)
    {
        ulong offset = frame.Value - FirstFrame.Value;
        return (_chunks[offset >> VirtualBlockNumber.PagesShift], (int)(offset & (VirtualBlockNumber.Pages - 1)));
    }

    private (FrameChunk Chunk, int Slot) LocateUsed(PageFrameNumber frame)
    {
        (FrameChunk? chunk, int slot) = Locate(frame);
        return chunk is not null && chunk.Used.Contains(slot)
            ? (chunk, slot)
            : throw new InvalidOperationException($"{frame} is free: nobody can hold or use it");
    }

    /// <summary>The chunk reserved to the block, taking a free one if there is any; null under pressure (or where the last, shorter chunk has no frame for these pages).</summary>
    private FrameChunk? ReservationOf(BlockKey block, in PageMask pages)
    {
        if (_reservations.TryGetValue(block, out FrameChunk? chunk))
        {
            return chunk;
        }

        if (!_emptyChunks.AsSpan().ContainsAnyExcept(0UL))
        {
            return null;
        }

        int index = LowestBit(_emptyChunks);
        if (!Capacity(index).Overlaps(pages))
        {
            return null;
        }

        chunk = ChunkAt(index);
        chunk.Owner = block;
        chunk.IsReserved = true;
        _reservations.Add(block, chunk);
        return chunk;
    }

    private void Use(FrameChunk chunk, in PageMask slots)
    {
        if (slots.IsEmpty)
        {
            return;
        }

        if (chunk.Used.IsEmpty)
        {
            _emptyChunks[chunk.Index >> 6] &= ~(1UL << chunk.Index);
            Append(chunk);
        }

        chunk.Used |= slots;
        if (chunk.Used == Capacity(chunk.Index))
        {
            _chunksWithFree[chunk.Index >> 6] &= ~(1UL << chunk.Index);
        }
    }

    private void Retire(FrameChunk chunk)
    {
        Remove(chunk);
        _emptyChunks[chunk.Index >> 6] |= 1UL << chunk.Index;
        if (chunk.IsReserved)
        {
            _reservations.Remove(chunk.Owner);
        }

        _chunks[chunk.Index] = null;
    }

    private void Append(FrameChunk chunk)
    {
        chunk.Older = _newest;
        if (_newest is null)
        {
            _oldest = chunk;
        }
        else
        {
            _newest.Newer = chunk;
        }

        _newest = chunk;
    }

    private void Remove(FrameChunk chunk)
    {
        if (chunk.Older is null)
        {
            _oldest = chunk.Newer;
        }
        else
        {
            chunk.Older.Newer = chunk.Newer;
        }

        if (chunk.Newer is null)
        {
            _newest = chunk.Older;
        }
        else
        {
            chunk.Newer.Older = chunk.Older;
        }
    }
}
