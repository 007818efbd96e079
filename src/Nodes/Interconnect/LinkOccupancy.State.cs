using HmmSim.Protocol.State;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Interconnect;

// A link in a checkpoint.
public sealed partial class LinkOccupancy
{
    /// <summary>Writes until when the channels are busy, and the traffic so far.</summary>
    public void Save(StateWriter writer)
    {
        writer.Signed(_copiesUntil.Picoseconds);
        writer.Signed(_accessesUntil.Picoseconds);
        writer.Signed(Bytes);
        writer.Signed(Messages);
        writer.Signed(BusyTime.Picoseconds);
    }

    /// <summary>Goes on from a state that was written by <see cref="Save"/>.</summary>
    /// <exception cref="InvalidStateException">The bytes are none.</exception>
    public void Load(StateReader reader)
    {
        _copiesUntil = new VirtualTime(reader.Signed());
        _accessesUntil = new VirtualTime(reader.Signed());
        Bytes = reader.Signed();
        Messages = reader.Signed();
        BusyTime = new VirtualDuration(reader.Signed());
    }
}
