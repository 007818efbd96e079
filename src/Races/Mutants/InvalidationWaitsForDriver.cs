using HmmSim.Protocol;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B20 (2577b202458c): the driver holds a lock while it waits for a page, and the invalidation that the page's holder waits for takes
/// the same lock.
/// </summary>
internal sealed class InvalidationWaitsForDriver : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : BlockingNotifierDevice(spec, layout)
    {
        protected override bool MustWait => CallInWork != CallKind.None;
    }
}
