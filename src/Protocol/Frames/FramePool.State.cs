using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.State;

namespace HmmSim.Protocol.Frames;

/// <summary>The state as bytes: chunks in use in order of allocation, and the reservations.</summary>
public sealed partial class FramePool
{
    /// <summary>Writes the state.</summary>
    public void Save(StateWriter writer)
    {
        writer.List([.. ChunksOldestFirst()], SaveChunk);
        writer.Sorted(_reservations, static (writer, block, chunk) =>
        {
            writer.Block(block);
            writer.Signed(chunk);
        });
        if (!writer.BehaviourOnly)
        {
            writer.Signed(PeakUsedFrameCount);
        }
    }

    /// <summary>Takes on a state; this pool must be of the same size.</summary>
    /// <exception cref="InvalidStateException">The bytes are no such state.</exception>
    public void Load(StateReader reader)
    {
        Array.Clear(_chunks);
        for (int chunk = 0; chunk < _chunkCount; chunk++)
        {
            SetBit(_chunksWithFree, chunk);
            SetBit(_emptyChunks, chunk);
        }

        (_oldest, _newest) = (NoChunk, NoChunk);
        FreeFrameCount = FrameCount;
        for (int count = reader.Count(); count > 0; count--)
        {
            LoadChunk(reader);
        }

        _reservations.Clear();
        foreach ((BlockKey block, int chunk) in reader.List(static reader => (reader.Block(), (int)reader.Signed())))
        {
            _reservations.Add(block, chunk);
        }

        PeakUsedFrameCount = reader.BehaviourOnly ? FrameCount - FreeFrameCount : reader.Signed();
    }

    private void SaveChunk(StateWriter writer, int index)
    {
        writer.Signed(index);
        writer.Block(_chunks[index].Owner);
        ChunkDetail? detail = _chunks[index].Detail;
        writer.Flag(detail is not null);
        if (detail is null)
        {
            return;
        }

        writer.Mask(detail.Used);
        writer.Mask(detail.Foreign);
        foreach (int slot in detail.Foreign)
        {
            writer.Number(detail.ForeignPages[slot]);
        }

        PageMask shared = default;
        for (int slot = 0; detail.ExtraReferences is { } extra && slot < extra.Length; slot++)
        {
            if (extra[slot] > 0)
            {
                shared.Add(slot);
            }
        }

        writer.Mask(shared);
        foreach (int slot in shared)
        {
            writer.Number(detail.ExtraReferences![slot]);
        }

        writer.Words(detail.Values);
    }

    private void LoadChunk(StateReader reader)
    {
        int index = (int)reader.Signed();
        if ((uint)index >= (uint)_chunkCount || !HasBit(_emptyChunks, index))
        {
            throw new InvalidStateException($"chunk {index} of {_chunkCount}, or the same twice");
        }

        RecordOf(index) = default;
        Append(index);
        ClearBit(_emptyChunks, index);
        _chunks[index].Owner = reader.Block();
        _chunks[index].Detail = reader.Optional(LoadDetail);
        PageMask used = UsedOf(index);
        FreeFrameCount -= used.Count;
        if (used == Capacity(index))
        {
            ClearBit(_chunksWithFree, index);
        }
    }

    private static ulong Named(StateReader reader, ulong packedPage)
    {
        (BlockKey block, int page) = UnpackPage(packedPage);
        return PackPage(reader.Named(block), page);
    }

    private static ChunkDetail LoadDetail(StateReader reader)
    {
        ChunkDetail detail = new() { Used = reader.Mask(), Foreign = reader.Mask() };
        foreach (int slot in detail.Foreign)
        {
            detail.ForeignPages[slot] = Named(reader, reader.Number());
        }

        foreach (int slot in reader.Mask())
        {
            ushort extra = (ushort)reader.Number();
            (detail.ExtraReferences ??= new ushort[VirtualBlockNumber.Pages])[slot] = extra;
            detail.ExtraReferenceCount += extra;
        }

        PageWords values = reader.BlockValues();
        detail.Values = values.Count > 0 ? values : default;
        return detail;
    }
}
