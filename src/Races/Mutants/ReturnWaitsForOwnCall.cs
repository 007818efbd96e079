using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B27 (a6283010e290): <c>migrate_to_ram</c> takes a lock that the driver's own call holds, while the fault that the call has raised waits for it.
/// </summary>
internal sealed class ReturnWaitsForOwnCall : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict MigrateToRam(Message message, EffectBuffer effects)
        {
            if (DriverCallInWork is not null)
            {
                DriverQueue.Enqueue(message);
                return Verdict.Deferred;
            }

            return base.MigrateToRam(message, effects);
        }

        /// <summary>The lock is free again: goes on with what waited for it.</summary>
        internal override void StartDriverCall(Message message, EffectBuffer effects)
        {
            if (message.Kind == MessageKind.MigrateToRam)
            {
                base.MigrateToRam(message, effects);
            }
            else
            {
                base.StartDriverCall(message, effects);
            }
        }
    }
}
