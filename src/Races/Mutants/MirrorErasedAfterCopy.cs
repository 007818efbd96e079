using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B45b (test_hmm's <c>dmirror_devmem_fault</c>): a store through the mirror that has found the page there may still happen after the page was copied
/// to RAM; here the mirror is erased when the frames are freed, not before the copy.
/// </summary>
internal sealed class MirrorErasedAfterCopy : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override void DropNamedFromMirrors(Message message)
        {
        }

        internal override Verdict FreePages(Message message, EffectBuffer effects)
        {
            base.DropNamedFromMirrors(message);
            return base.FreePages(message, effects);
        }
    }
}
