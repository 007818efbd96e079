using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B42 (0cafc62e4daf): a walk that is begun anew is given what the last one found, so that pages it found writable are asked for as if for a store.
/// </summary>
internal sealed class OutputsAsRequests : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override void WalkAgain(DeviceRequest request, Message found, EffectBuffer effects) =>
            base.WalkAgain(request with { Subset = request.Subset | found.Subset }, found, effects);
    }
}
