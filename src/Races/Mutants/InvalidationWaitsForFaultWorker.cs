using HmmSim.Protocol;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B28 (6225bb3a88d2): the notifier's callback flushes the driver's fault worker before it answers; the worker waits for the address space, which
/// the process that ends has locked.
/// </summary>
internal sealed class InvalidationWaitsForFaultWorker : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict InvalidateStart(Message message, EffectBuffer effects)
        {
            if (CallInWork is CallKind.DeviceRead or CallKind.DeviceWrite)
            {
                DriverQueue.Enqueue(message);
                return Verdict.Deferred;
            }

            return base.InvalidateStart(message, effects);
        }

        /// <summary>The lock is free again: goes on with what waited for it.</summary>
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
}
