using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B4 (60bae7370896): collect lets go of the page table before it has flushed the TLBs. Contents are copied while CPUs may still
/// store to the page.
/// </summary>
internal sealed class LateTlbFlush : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override int FlushTlbs(MigrationTransaction migration, VirtualDuration work, EffectBuffer effects)
        {
            base.FlushTlbs(migration, work, effects);
            return 0;
        }

        internal override Verdict InvalidateProgress(in StepContext context, Message message, EffectBuffer effects)
        {
            bool isAwaited = Faults.Any(fault => fault.Id == message.Transaction) || CallsInWork.Any(call => call.Id == message.Transaction);
            return message.Kind == MessageKind.CpuUnmapDone && !isAwaited ? Verdict.Ignored : base.InvalidateProgress(context, message, effects);
        }
    }
}
