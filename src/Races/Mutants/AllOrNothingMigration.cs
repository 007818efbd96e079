using HmmSim.Protocol;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B24 (0620837490e0): a migration that gets part of its range only sends what it got back to RAM and tries again, and nobody decides between two
/// devices that do so.
/// </summary>
internal sealed class AllOrNothingMigration : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override void MigratedForCall(DeviceRequest request, Message message, EffectBuffer effects)
        {
            if (request.Kind != DeviceRequestKind.Migrate || message.Error != Errno.None || message.Pages == request.Pages)
            {
                base.MigratedForCall(request, message, effects);
                return;
            }

            MapArrived(DriverCallInWork!.Mirror.Table, request, message);
            if (EvictEverything(DriverCallInWork, effects) is not null)
            {
                RunDriverCall(effects);
            }
        }
    }
}
