using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B45c (test_hmm's <c>dmirror_exclusive</c>): the page is unlocked before its entry is in the mirror, and no sequence is compared: what is unmapped in
/// between is mapped all the same.
/// </summary>
internal sealed class ExclusiveUnlockedEarly : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict ExclusiveReply(Message message, EffectBuffer effects)
        {
            if (message.From == Id)
            {
                return base.ExclusiveReply(message, effects);
            }

            effects.SetTimer(
                new Message
                {
                    Kind = message.Kind,
                    From = Id,
                    To = Id,
                    Block = message.Block,
                    Pages = message.Pages,
                    Frames = message.Frames,
                    Transaction = message.Transaction,
                    Error = message.Error,
                },
                new VirtualDuration(1));
            return Verdict.Handled;
        }
    }
}
