using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B12 (342981fff328): a walk that must be thrown away is made again without reading the sequence anew, so that it must be thrown
/// away again, and so on.
/// </summary>
internal sealed class RetryWithOldSequence : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override void WalkAgain(DeviceRequest request, Message found, EffectBuffer effects)
        {
            Track(request);
            BeginWalk(request, VirtualDuration.Zero, effects);
        }
    }
}
