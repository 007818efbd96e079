using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B9 (04ec32fbc2b2): the driver remembers with a flag, not with a sequence, that an invalidation is in progress; one that begins and ends
/// during a walk is not seen.
/// </summary>
internal sealed class CountedSequenceAsFlag : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override bool MustWalkAgain(BlockKey block, ulong sequence) => Notifiers.IsInvalidating(block);
    }
}
