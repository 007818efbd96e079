using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// The second bug of test_hmm: all mirrors of a device leave its own migrations to the driver, which erases the pages from one mirror
/// only, the one that was open when they came.
/// </summary>
internal sealed class OneMirrorErased : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override IEnumerable<DriverMirror> MirrorsThatMayMap(AddressSpaceId space) => DriverMirrors.Take(1).Where(mirror => mirror.Space == space);
    }
}
