using System.Buffers.Binary;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote, in the same order.</summary>
/// <remarks>Every method throws <see cref="InvalidStateException"/> where the bytes end, or say what no writer writes.</remarks>
public sealed class StateReader(ReadOnlyMemory<byte> bytes)
{
    private int _at;

    /// <inheritdoc cref="StateWriter.BehaviourOnly"/>
    public bool BehaviourOnly { get; init; }

    /// <summary>New names for what is read; null where everything keeps its name.</summary>
    public StateRenaming? Renaming { get; init; }

    /// <summary>True after the last byte.</summary>
    public bool IsAtEnd => _at == bytes.Length;

    /// <summary>A number of any size.</summary>
    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Take(1)[0];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidStateException("a number of more than 64 bits");
    }

    /// <summary>A count or an index.</summary>
    public int Count()
    {
        ulong value = Number();
        return value <= int.MaxValue ? (int)value : throw new InvalidStateException($"a count of {value}");
    }

    /// <summary>A signed number.</summary>
    public long Signed()
    {
        ulong value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A truth.</summary>
    public bool Flag() => Number() switch
    {
        0 => false,
        1 => true,
        var other => throw new InvalidStateException($"a flag of {other}"),
    };

    /// <summary>A number of 64 bits.</summary>
    public ulong Word() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A set of pages.</summary>
    public PageMask Mask()
    {
        ulong used = Number();
        PageMask pages = default;
        for (int word = 0; word < 8; word++)
        {
            if ((used & (1UL << word)) != 0)
            {
                pages.Write(word, Number());
            }
        }

        return pages;
    }

    /// <summary>A point in time; 0 where it was left out.</summary>
    public VirtualTime Time() => BehaviourOnly ? default : new VirtualTime(Signed());

    /// <summary>A block of an address space.</summary>
    public BlockKey Block() => Named(new BlockKey(Number()));

    /// <summary>A memory.</summary>
    public MemoryId Memory()
    {
        MemoryId memory = new((uint)Number());
        return Renaming?.Memory(memory) ?? memory;
    }

    /// <summary>A block under its new name.</summary>
    internal BlockKey Named(BlockKey block) => Renaming is { } names ? new BlockKey(names.Space(block.Space), block.Block) : block;

    /// <summary>A list.</summary>
    public List<T> List<T>(Func<StateReader, T> read)
    {
        int count = Count();
        List<T> items = [];
        for (int item = 0; item < count; item++)
        {
            items.Add(read(this));
        }

        return items;
    }

    /// <summary>Something that may be absent.</summary>
    public T? Optional<T>(Func<StateReader, T> read)
        where T : class => Flag() ? read(this) : null;

    /// <summary>Words that <see cref="StateWriter.Words"/> wrote.</summary>
    /// <param name="named">Gives a word its new name; asked only where names change.</param>
    public PageWords Words(Func<StateReader, ulong, ulong> named)
    {
        int count = Count();
        PageWords words = PageWords.WithPlaces(count);
        for (int page = 0; count > 0; count--)
        {
            page += Count();
            if (page >= VirtualBlockNumber.Pages)
            {
                throw new InvalidStateException($"page {page} of {VirtualBlockNumber.Pages}");
            }

            ulong word = Number();
            words[page] = Renaming is null ? word : named(this, word);
        }

        return words;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (bytes.Length - _at < count)
        {
            throw new InvalidStateException("the end of the bytes");
        }

        _at += count;
        return bytes.Span.Slice(_at - count, count);
    }
}
