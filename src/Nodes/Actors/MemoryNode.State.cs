using HmmSim.Protocol.State;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Actors;

// What both kinds of memory have in a checkpoint; the machines are added by each kind.
internal abstract partial class MemoryNode
{
    /// <inheritdoc/>
    public override void Save(StateWriter writer)
    {
        base.Save(writer);
        writer.Sorted(_channels, static (to, node, until) =>
        {
            to.Number((ulong)node);
            to.Signed(until.Picoseconds);
        });
        writer.Sorted(_controlTraffic, static (to, node, traffic) =>
        {
            to.Number((ulong)node);
            to.Signed(traffic.Messages);
            to.Signed(traffic.Bytes);
        });
        Processor.Save(writer);
        Record.Save(writer);
        Trace.Save(writer);
    }

    /// <inheritdoc/>
    public override void Load(StateReader reader)
    {
        base.Load(reader);
        _channels.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            _channels.Add(reader.Count(), new VirtualTime(reader.Signed()));
        }

        _controlTraffic.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            _controlTraffic.Add(reader.Count(), (reader.Signed(), reader.Signed()));
        }

        Processor.Load(reader);
        Record.Load(reader);
        Trace.Load(reader);
    }
}
