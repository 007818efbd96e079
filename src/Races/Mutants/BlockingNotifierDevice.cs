using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;

namespace HmmSim.Races.Mutants;

/// <summary>A device whose notifier callback does not answer at once: it waits in the driver's queue as long as the driver is at certain work.</summary>
internal abstract class BlockingNotifierDevice(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
{
    /// <summary>Whether the callback has to wait for what the driver is doing.</summary>
    protected abstract bool MustWait { get; }

    internal override Verdict InvalidateStart(Message message, EffectBuffer effects)
    {
        if (MustWait)
        {
            WaitForDriver(message);
            return Verdict.Deferred;
        }

        return base.InvalidateStart(message, effects);
    }

    internal override void StartDriverCall(Message message, EffectBuffer effects)
    {
        if (message.Kind == MessageKind.InvalidateStart)
        {
            base.InvalidateStart(message, effects);
        }
        else
        {
            base.StartDriverCall(message, effects);
        }
    }
}
