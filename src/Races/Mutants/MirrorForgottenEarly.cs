using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B10 (319561669a59): a mirror is removed while an invalidation that it was told of is in progress, and counts as gone before the
/// end of it: the end is told to nobody.
/// </summary>
internal sealed class MirrorForgottenEarly : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override Verdict UnregisterMirror(Message message)
        {
            foreach (List<Invalidation> told in Migrations.Select(migration => migration.Invalidated)
                .Concat(Faults.Select(fault => fault.Invalidated)).Concat(CallsInWork.Select(call => call.Invalidated)))
            {
                told.RemoveAll(invalidation => invalidation.Mirror == message.From && invalidation.Block.Space == message.Block.Space);
            }

            return base.UnregisterMirror(message);
        }
    }
}
