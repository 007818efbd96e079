using HmmSim.Protocol.State;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Execution;

// The counters in a checkpoint.
internal sealed partial class ProcessorCounters
{
    /// <summary>Writes all.</summary>
    public void Save(StateWriter writer)
    {
        writer.Signed(DrawnAccesses);
        writer.Signed(Accesses);
        writer.Signed(Hits);
        writer.Signed(Faults);
        writer.Signed(LocalAccesses);
        writer.Signed(RemoteAccesses);
        writer.Signed(RefusedAccesses);
        writer.Signed(PageWrites);
        writer.Signed(StallTime.Picoseconds);
        writer.Signed(EndTime.Picoseconds);
    }

    /// <summary>Goes on from counters that were written by <see cref="Save"/>.</summary>
    /// <exception cref="InvalidStateException">The bytes are none.</exception>
    public void Load(StateReader reader)
    {
        DrawnAccesses = reader.Signed();
        Accesses = reader.Signed();
        Hits = reader.Signed();
        Faults = reader.Signed();
        LocalAccesses = reader.Signed();
        RemoteAccesses = reader.Signed();
        RefusedAccesses = reader.Signed();
        PageWrites = reader.Signed();
        StallTime = new VirtualDuration(reader.Signed());
        EndTime = new VirtualTime(reader.Signed());
    }
}
