using HmmSim.Protocol;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B30 (ec6abe831a84): three wait in a circle. A system call holds <c>mmap_lock</c> and waits for the notifier's answer, which waits for the fence of
/// an eviction, which waits for <c>mmap_lock</c>.
/// </summary>
internal sealed class InvalidationWaitsForEviction : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : BlockingNotifierDevice(spec, layout)
    {
        protected override bool MustWait => CallInWork == CallKind.Close;
    }
}
