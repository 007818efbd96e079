using HmmSim.Protocol.State;

namespace HmmSim.Nodes.Actors;

// A CPU in a checkpoint: its home machine, the machine of its lent RAM, and where its threads have faulted.
internal sealed partial class CpuNode
{
    /// <inheritdoc/>
    public override void Save(StateWriter writer)
    {
        base.Save(writer);
        writer.Sorted(_faultedAt, static (to, warp, memory) =>
        {
            to.Signed(warp);
            to.Memory(memory);
        });
        Home.Save(writer);
        Lent?.Save(writer);
    }

    /// <inheritdoc/>
    public override void Load(StateReader reader)
    {
        base.Load(reader);
        _faultedAt.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            _faultedAt.Add((int)reader.Signed(), reader.Memory());
        }

        Home.Load(reader);
        Lent?.Load(reader);
    }
}
