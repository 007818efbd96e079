using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B21 (0a98219bcc96): the driver uses the pages that a walk has found without asking whether an invalidation has begun since.
/// </summary>
internal sealed class WalkUsedUnchecked : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override bool MustWalkAgain(BlockKey block, ulong sequence) => false;
    }
}
