using HmmSim.Protocol;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// NVIDIA open-gpu-kernel-modules issue 1223: when memory is full, the service of a fault evicts a chunk, finds that nothing of it can leave, and evicts
/// the same chunk again.
/// </summary>
internal sealed class TriedChunksForgotten : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override void EvictionProgress(DeviceRequest request, int freed, EffectBuffer effects) =>
            base.EvictionProgress(request, Math.Max(freed, 1), effects);
    }
}
