using HmmSim.Protocol;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// The restore worker of amdkfd (<c>svm_range_restore_work</c>): a range that cannot be validated makes it give up its round and schedule itself again,
/// whether the error can go away or not.
/// </summary>
internal sealed class RestoreRescheduledForEver : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override void WalkedForCall(DeviceRequest request, Message message, EffectBuffer effects)
        {
            if (message.Error == Errno.None)
            {
                base.WalkedForCall(request, message, effects);
            }
            else
            {
                FaultNextPiece(DriverCallInWork!, effects);
            }
        }
    }
}
