using System.Buffers.Binary;
using HmmSim.Protocol.State;

namespace HmmSim.Nodes.Observation;

// The digest in a checkpoint.
public sealed partial class TraceHash
{
    /// <summary>Writes the digest so far, with what is not digested yet.</summary>
    public void Save(StateWriter writer)
    {
        writer.Number((ulong)_used / sizeof(ulong));
        for (int at = 0; at < _used; at += sizeof(ulong))
        {
            writer.Word(BinaryPrimitives.ReadUInt64LittleEndian(_buffer.AsSpan(at)));
        }
    }

    /// <summary>Goes on from a digest that was written by <see cref="Save"/>.</summary>
    /// <exception cref="InvalidStateException">The bytes are none.</exception>
    public void Load(StateReader reader)
    {
        int words = reader.Count();
        if (words is < DigestBytes / sizeof(ulong) or > BufferBytes / sizeof(ulong))
        {
            throw new InvalidStateException($"a trace digest of {words} words");
        }

        _used = words * sizeof(ulong);
        for (int at = 0; at < _used; at += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(at), reader.Word());
        }
    }
}
