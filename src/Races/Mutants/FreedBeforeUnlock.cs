using HmmSim.Protocol;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B23 (c9db07cab766): after a migration the driver still uses what it allocated for it, to unlock it, and holds no reference; a CPU touch has
/// brought everything back meanwhile, and the last page has freed it.
/// </summary>
internal sealed class FreedBeforeUnlock : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict MigrateFinalize(in StepContext context, Message message, EffectBuffer effects)
        {
            if (message.From == Id)
            {
                Unlock(message);
                return Verdict.Handled;
            }

            PageFrames allocated = Requests[message.Transaction.Number].Frames;
            Verdict verdict = base.MigrateFinalize(context, message, effects);
            effects.SetTimer(
                new Message { Kind = message.Kind, From = Id, To = Id, Block = message.Block, Pages = message.Pages, Frames = allocated },
                new VirtualDuration(1));
            return verdict;
        }

        private void Unlock(Message message)
        {
            foreach (int page in message.Pages)
            {
                _ = Frames.ReadValue(message.Frames[page]);
            }
        }
    }
}
