using System.Runtime.CompilerServices;

namespace HmmSim.Explorer.Stores;

/// <summary>
/// An append-only array of rows of equal width that grows without moving what it holds. Threads may write different rows at the
/// same time; a row may be read by another thread once its number was published with release semantics.
/// </summary>
/// <param name="width">Elements in a row.</param>
internal sealed class ChunkedArray<T>(int width)
    where T : unmanaged
{
    private const int ChunkBytes = 1 << 18;
    private readonly int _rowBits = RowBits(width);
    private readonly Lock _growth = new();
    private readonly Stack<T[]> _spare = [];
    private T[]?[] _chunks = new T[]?[4];
    private int _releasedChunks;

    /// <summary>Memory held, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Makes room in the directory for rows below <paramref name="count"/>. No other call may run meanwhile.</summary>
    public void Reserve(long count)
    {
        int chunks = (int)(count >> _rowBits) + 1;
        if (chunks > _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(chunks, _chunks.Length * 2));
        }
    }

    /// <summary>A row that was written before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Row(uint index) =>
        new(_chunks[index >> _rowBits], (int)(index & ((1u << _rowBits) - 1)) * width, width);

    /// <summary>Writes a row below the reserved count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(uint index, ReadOnlySpan<T> row)
    {
        T[] chunk = Volatile.Read(ref _chunks[index >> _rowBits]) ?? AddChunk(index >> _rowBits);
        row.CopyTo(chunk.AsSpan((int)(index & ((1u << _rowBits) - 1)) * width, width));
    }

    /// <summary>
    /// Lets the memory of rows below <paramref name="index"/>, which must not be read again, be used for new rows. No other call
    /// may run meanwhile.
    /// </summary>
    public void ReleaseBelow(uint index)
    {
        for (; _releasedChunks < (int)(index >> _rowBits); _releasedChunks++)
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
        lock (_growth)
        {
            if (_chunks[number] is { } present)
            {
                return present;
            }

            if (!_spare.TryPop(out T[]? chunk))
            {
                chunk = GC.AllocateUninitializedArray<T>(width << _rowBits);
                Bytes += (long)Unsafe.SizeOf<T>() * chunk.Length;
            }

            Volatile.Write(ref _chunks[number], chunk);
            return chunk;
        }
    }
}
