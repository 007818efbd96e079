using System.Numerics;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.Frames;

/// <summary>The chunks of a pool: which are free, which are reserved to a block, and their order of allocation.</summary>
public sealed partial class FramePool
{
    private Chunk[] _chunks = []; // those behind its end are empty

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
        return word < 0 ? NoChunk : (word << 6) + BitOperations.TrailingZeroCount(words[word]);
    }

    private static void SetBit(ulong[] words, int bit) => words[bit >> 6] |= 1UL << bit;

    private static void ClearBit(ulong[] words, int bit) => words[bit >> 6] &= ~(1UL << bit);

    private static bool HasBit(ulong[] words, int bit) => (words[bit >> 6] & (1UL << bit)) != 0;

    private PageFrameNumber FrameAt(int chunk, int slot) => FirstFrame + (((long)chunk << VirtualBlockNumber.PagesShift) + slot);

    private PageMask Capacity(int chunk) => chunk < _chunkCount - 1
        ? PageMask.All
        : PageMask.Range(0, (int)(FrameCount - ((long)chunk << VirtualBlockNumber.PagesShift)));

    private (int Chunk, int Slot) Locate(PageFrameNumber frame)
    {
        ulong offset = frame.Value - FirstFrame.Value;
        return ((int)(offset >> VirtualBlockNumber.PagesShift), (int)(offset & (VirtualBlockNumber.Pages - 1)));
    }

    private (int Chunk, int Slot) LocateUsed(PageFrameNumber frame)
    {
        (int chunk, int slot) = Locate(frame);
        return UsedOf(chunk).Contains(slot)
            ? (chunk, slot)
            : throw new InvalidOperationException($"{frame} is free: nobody can hold or use it");
    }

    private PageMask UsedOf(int chunk) => HasBit(_emptyChunks, chunk) && chunk >= _chunks.Length ? default
        : _chunks[chunk].Detail is { } detail ? detail.Used
        : HasBit(_emptyChunks, chunk) ? default
        : Capacity(chunk);

    private ref Chunk RecordOf(int chunk)
    {
        if (chunk >= _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Min(_chunkCount, Math.Max(chunk + 1, 2 * _chunks.Length)));
        }

        return ref _chunks[chunk];
    }

    private ChunkDetail OpenDetail(int chunk)
    {
        ref Chunk record = ref RecordOf(chunk);
        if (record.Detail is null)
        {
            record.Detail = new ChunkDetail { Used = UsedOf(chunk) };
            if (!record.Detail.Used.IsEmpty)
            {
                _reservations.TryAdd(record.Owner, chunk); // a full chunk is about to have room for its block again
            }
        }

        return record.Detail;
    }

    /// <summary>Drops the detail of a chunk that has become simply full.</summary>
    private void CloseDetail(int chunk, ChunkDetail detail)
    {
        if (detail.Foreign.IsEmpty && detail.ExtraReferences is null && detail.Values.IsNone && detail.Used == Capacity(chunk))
        {
            _chunks[chunk].Detail = null;
            Unreserve(chunk);
        }
    }

    /// <summary>
    /// The chunk reserved to the block, taking a free one if there is any; none under pressure (or where the last, shorter chunk
    /// has no frame for these pages).
    /// </summary>
    private int ReservationOf(BlockKey block, in PageMask pages)
    {
        if (_reservations.TryGetValue(block, out int chunk))
        {
            return chunk;
        }

        chunk = LowestBit(_emptyChunks);
        if (chunk == NoChunk || !Capacity(chunk).Overlaps(pages))
        {
            return NoChunk;
        }

        RecordOf(chunk).Owner = block;
        _reservations.Add(block, chunk);
        return chunk;
    }

    private void Unreserve(int chunk)
    {
        BlockKey owner = _chunks[chunk].Owner;
        if (_reservations.TryGetValue(owner, out int reserved) && reserved == chunk)
        {
            _reservations.Remove(owner);
        }
    }

    /// <summary>Takes frames for the pages with the same index of the block the chunk is reserved to.</summary>
    private void UseAligned(int chunk, in PageMask slots)
    {
        if (slots.IsEmpty)
        {
            return;
        }

        ChunkDetail detail = BeginUse(chunk);
        detail.Used |= slots;
        EndUse(chunk, detail);
    }

    /// <summary>Takes the lowest free frame for a page of any block.</summary>
    private PageFrameNumber TakeForeign(BlockKey block, int page)
    {
        int chunk = LowestBit(_chunksWithFree);
        int slot = (Capacity(chunk) - UsedOf(chunk)).First;
        ChunkDetail detail = BeginUse(chunk);
        detail.Used.Add(slot);
        detail.Foreign.Add(slot);
        detail.ForeignPages[slot] = PackPage(block, page);
        EndUse(chunk, detail);
        return FrameAt(chunk, slot);
    }

    private ChunkDetail BeginUse(int chunk)
    {
        ChunkDetail detail = OpenDetail(chunk);
        if (detail.Used.IsEmpty)
        {
            ClearBit(_emptyChunks, chunk);
            Append(chunk);
        }

        return detail;
    }

    private void EndUse(int chunk, ChunkDetail detail)
    {
        if (detail.Used == Capacity(chunk))
        {
            ClearBit(_chunksWithFree, chunk);
            CloseDetail(chunk, detail);
        }
    }

    private void Retire(int chunk)
    {
        Remove(chunk);
        SetBit(_emptyChunks, chunk);
        Unreserve(chunk);
        _chunks[chunk] = default;
    }

    private void Append(int chunk)
    {
        ref Chunk record = ref RecordOf(chunk);
        record.Older = _newest;
        record.Newer = NoChunk;
        if (_newest == NoChunk)
        {
            _oldest = chunk;
        }
        else
        {
            _chunks[_newest].Newer = chunk;
        }

        _newest = chunk;
    }

    private void Remove(int chunk)
    {
        (int older, int newer) = (_chunks[chunk].Older, _chunks[chunk].Newer);
        if (older == NoChunk)
        {
            _oldest = newer;
        }
        else
        {
            _chunks[older].Newer = newer;
        }

        if (newer == NoChunk)
        {
            _newest = older;
        }
        else
        {
            _chunks[newer].Older = older;
        }
    }

    /// <summary>512 consecutive frames: the root chunk of nvidia-uvm's allocator and the unit of eviction.</summary>
    private struct Chunk
    {
        /// <summary>The block whose page <c>i</c> takes frame <c>i</c>; meaningless while the chunk is empty.</summary>
        public BlockKey Owner;

        /// <summary>Neighbours in the list of chunks in use, in order of allocation.</summary>
        public int Older;

        /// <inheritdoc cref="Older"/>
        public int Newer;

        /// <summary>Null while the chunk is empty or simply full.</summary>
        public ChunkDetail? Detail;
    }
}
