using HmmSim.Protocol;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B19 (b46ddaf08234): a mirror's notifier is removed while a fault through the mirror is still in service, which maps pages that
/// nobody takes away any more.
/// </summary>
internal sealed class MirrorGoneBeforeItsFault : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict DriverCall(in StepContext context, Message message, EffectBuffer effects)
        {
            if (message.Call!.Kind == CallKind.Close && CallInWork != CallKind.None)
            {
                SendToHome(MessageKind.UnregisterMirror, message.Call.Space, effects);
            }

            return base.DriverCall(context, message, effects);
        }
    }
}
