using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B22 (333b89063361): an invalidation is acknowledged at once, and the device's mapping taken down only later.
/// </summary>
internal sealed class LateTeardown : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict InvalidateStart(Message message, EffectBuffer effects)
        {
            Notifiers.InvalidateStart(message.Block);
            effects.Send(NewMessage(MessageKind.InvalidateAck, message.From, message.Block, message.Pages, message.Transaction));
            return Verdict.Handled;
        }

        internal override Verdict InvalidateEnd(Message message, EffectBuffer effects)
        {
            Drop(message);
            DropFromMirrors(message);
            return base.InvalidateEnd(message, effects);
        }
    }
}
