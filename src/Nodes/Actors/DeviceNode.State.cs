using HmmSim.Protocol.State;

namespace HmmSim.Nodes.Actors;

// A device in a checkpoint.
internal sealed partial class DeviceNode
{
    /// <inheritdoc/>
    public override void Save(StateWriter writer)
    {
        base.Save(writer);
        Memory.Save(writer);
    }

    /// <inheritdoc/>
    public override void Load(StateReader reader)
    {
        base.Load(reader);
        Memory.Load(reader);
    }
}
