using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B3 (b570f37a2ce4, CVE-2026-43404): who finds a page locked does not sleep but tries again at once. The CPU that it runs on never
/// comes to its own part of the unmapping, for which the page's holder waits.
/// </summary>
internal sealed class SpinningWaiters : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override Verdict InvalidateProgress(in StepContext context, Message message, EffectBuffer effects)
        {
            bool isCpuBusy = Migrations.Any(migration => migration.Id == message.Transaction && migration.Waiters.Count > 0);
            if (message.Kind != MessageKind.CpuUnmapDone || !isCpuBusy)
            {
                return base.InvalidateProgress(context, message, effects);
            }

            effects.SetTimer(message, new VirtualDuration(1));
            return Verdict.Deferred;
        }
    }
}
