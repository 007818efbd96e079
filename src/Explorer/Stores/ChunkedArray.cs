using System.Runtime.CompilerServices;

namespace HmmSim.Explorer.Stores;

/// <summary>
/// An append-only array of rows of equal width that grows without moving what it holds. One thread writes; another may read a row
/// once its number was published with release semantics.
/// </summary>
/// <param name="width">Elements in a row.</param>
internal sealed class ChunkedArray<T>(int width)
    where T : unmanaged
{
    private const int ChunkBytes = 1 << 18;
    private readonly int _rowBits = RowBits(width);
    private readonly Stack<T[]> _spare = [];
    private T[]?[] _chunks = new T[]?[4];
    private int _releasedChunks;

    /// <summary>Memory held, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>A row that was written before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Row(uint index) =>
        new(_chunks[index >> _rowBits], (int)(index & ((1u << _rowBits) - 1)) * width, width);

    /// <summary>Writes a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(uint index, ReadOnlySpan<T> row)
    {
        uint number = index >> _rowBits;
        T[] chunk = (number < (uint)_chunks.Length ? _chunks[number] : null) ?? AddChunk(number);
        row.CopyTo(chunk.AsSpan((int)(index & ((1u << _rowBits) - 1)) * width, width));
    }

    /// <summary>
    /// Lets the memory of rows below <paramref name="index"/>, which must not be read again, be used for new rows.
    /// </summary>
    public void ReleaseBelow(uint index)
    {
        for (; _releasedChunks < Math.Min((int)(index >> _rowBits), _chunks.Length); _releasedChunks++)
        {
            if (_chunks[_releasedChunks] is { } chunk)
            {
                _spare.Push(chunk);
                _chunks[_releasedChunks] = null;
            }
        }
    }

    private static int RowBits(int width)
    {
        int rows = Math.Max(ChunkBytes / (width * Unsafe.SizeOf<T>()), 16);
        return System.Numerics.BitOperations.Log2((uint)rows);
    }

    private T[] AddChunk(uint number)
    {
        if (number >= _chunks.Length)
        {
            T[]?[] grown = new T[]?[Math.Max((int)number + 1, _chunks.Length * 2)];
            _chunks.CopyTo(grown, 0);
            Volatile.Write(ref _chunks, grown);
        }

        if (!_spare.TryPop(out T[]? chunk))
        {
            chunk = GC.AllocateUninitializedArray<T>(width << _rowBits);
            Bytes += (long)Unsafe.SizeOf<T>() * chunk.Length;
        }

        _chunks[number] = chunk;
        return chunk;
    }
}
