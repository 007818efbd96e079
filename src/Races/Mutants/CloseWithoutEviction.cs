using HmmSim.Protocol;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B16 (744dd97752ef): the last close frees the mirror while pages of the device still point to it.
/// </summary>
internal sealed class CloseWithoutEviction : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override CallResult? EvictEverything(DriverCallState state, EffectBuffer effects) =>
            state.Call.Kind == CallKind.Close ? CallResult.Success : base.EvictEverything(state, effects);
    }
}
