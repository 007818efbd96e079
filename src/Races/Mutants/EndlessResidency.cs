using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B46 (design of xe's timeslice): pages stay for a minimum time after they came, and <c>migrate_to_ram</c> answers without moving anything until it is
/// over; here it never is.
/// </summary>
internal sealed class EndlessResidency : IMachineMaker
{
    /// <inheritdoc/>
    public DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new Device(spec, layout);

    private sealed class Device(DeviceMemorySpec spec, SystemLayout layout) : DeviceMemory(spec, layout)
    {
        internal override Verdict MigrateToRam(Message message, EffectBuffer effects)
        {
            effects.Send(new Message
            {
                Kind = MessageKind.MigrateVma,
                From = Id,
                To = message.From,
                Block = message.Block,
                Transaction = message.Transaction,
                Cause = MigrationCause.CpuFault,
                Destination = message.From,
            });
            return Verdict.Handled;
        }
    }
}
