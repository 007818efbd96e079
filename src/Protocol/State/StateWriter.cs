using System.Buffers.Binary;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol.State;

/// <summary>
/// Writes the state of a machine as bytes: the same state gives the same bytes, on every machine and in every run. Small numbers
/// take one byte (LEB128). <see cref="StateReader"/> reads them back.
/// </summary>
public sealed class StateWriter
{
    private byte[] _bytes = new byte[256];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>
    /// Whether only what decides the machine's behaviour is written, and read back. Left out are times, stamps of messages that wait,
    /// the most frames ever used, and which of several memories is told of a change first. An exploration takes two states
    /// that differ in nothing else for one; a checkpoint keeps everything.
    /// </summary>
    public bool BehaviourOnly { get; init; }

    /// <summary>Starts again with nothing written.</summary>
    public void Clear() => Length = 0;

    /// <summary>A number of any size; small ones take a byte.</summary>
    public void Number(ulong value)
    {
        Span<byte> target = Free(10);
        int length = 0;
        while (value >= 0x80)
        {
            target[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[length++] = (byte)value;
        Length += length;
    }

    /// <summary>A signed number; one near zero takes a byte.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A truth.</summary>
    public void Flag(bool value) => Number(value ? 1UL : 0);

    /// <summary>A number of 64 bits that is seldom small: an entry, a value.</summary>
    public void Word(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Free(8), value);
        Length += 8;
    }

    /// <summary>A set of pages.</summary>
    public void Mask(in PageMask pages)
    {
        byte used = 0;
        for (int word = 0; word < 8; word++)
        {
            used |= (byte)(pages.Read(word) == 0 ? 0 : 1 << word);
        }

        Number(used);
        for (int word = 0; word < 8; word++)
        {
            if (pages.Read(word) is var bits and not 0)
            {
                Number(bits);
            }
        }
    }

    /// <summary>A point in time, unless only reports need it.</summary>
    public void Time(VirtualTime time)
    {
        if (!BehaviourOnly)
        {
            Signed(time.Picoseconds);
        }
    }

    /// <summary>Something that may be absent.</summary>
    public void Optional<T>(T? item, Action<StateWriter, T> write)
        where T : class
    {
        Flag(item is not null);
        if (item is not null)
        {
            write(this, item);
        }
    }

    /// <summary>A block of an address space.</summary>
    public void Block(BlockKey block) => Number(block.Value);

    /// <summary>A memory.</summary>
    public void Memory(MemoryId memory) => Number(memory.Value);

    /// <summary>A list: its length, then each of its items.</summary>
    public void List<T>(IReadOnlyCollection<T> items, Action<StateWriter, T> write)
    {
        Number((ulong)items.Count);
        foreach (T item in items)
        {
            write(this, item);
        }
    }

    /// <summary>A dictionary in the order of its keys, so that the order of insertion does not show.</summary>
    public void Sorted<TKey, TValue>(IReadOnlyCollection<KeyValuePair<TKey, TValue>> items, Action<StateWriter, TKey, TValue> write)
        where TKey : IComparable<TKey>
    {
        Number((ulong)items.Count);
        foreach ((TKey key, TValue value) in items.Count > 1 ? items.OrderBy(item => item.Key) : (IEnumerable<KeyValuePair<TKey, TValue>>)items)
        {
            write(this, key, value);
        }
    }

    /// <summary>Words of pages: how many are not 0, then each of them after its distance to the one before.</summary>
    public void Words(PageWords words)
    {
        Number((ulong)words.Count);
        int last = 0;
        foreach ((int page, ulong word) in words)
        {
            Number((ulong)(page - last));
            Number(word);
            last = page;
        }
    }

    private Span<byte> Free(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        return _bytes.AsSpan(Length);
    }
}
