using HmmSim.Protocol;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B28 (6225bb3a88d2): the notifier's callback flushes the driver's fault worker before it answers; the worker waits for the address space, which
/// the process that ends has locked.
/// </summary>
internal sealed class InvalidationWaitsForFaultWorker : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : BlockingNotifierDevice(spec, layout)
    {
        protected override bool MustWait => CallInWork is CallKind.DeviceRead or CallKind.DeviceWrite;
    }
}
