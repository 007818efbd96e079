using System.Buffers.Binary;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Protocol.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote, in the same order.</summary>
/// <remarks>Every method throws <see cref="InvalidStateException"/> where the bytes end, or say what no writer writes.</remarks>
public ref struct StateReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>A reader at the first byte.</summary>
    public StateReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>True after the last byte.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

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

    /// <summary>A block of an address space.</summary>
    public BlockKey Block() => new(Number());

    /// <summary>A memory.</summary>
    public MemoryId Memory() => new((uint)Number());

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw new InvalidStateException("the end of the bytes");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
