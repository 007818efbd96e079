using HmmSim.Protocol;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B44 (uvm_hmm.c): nobody asks whether a page can be locked for a device at all; one that cannot be is asked for again and again.
/// </summary>
internal sealed class ExclusiveRetriedForEver : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override void NotAllExclusive(EffectBuffer effects) => RunDriverCall(effects);
    }
}
