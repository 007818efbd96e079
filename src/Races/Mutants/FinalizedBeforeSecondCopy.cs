using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// No historic bug, but the rule that a copy is complete before <c>migrate_vma_finalize</c>, broken: where a page goes from device to device through
/// RAM, the migration is finalized when the first of the two copies has ended.
/// </summary>
internal sealed class FinalizedBeforeSecondCopy : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void CopyFromStaging(MigrationTransaction migration, Message cause, EffectBuffer effects)
        {
            base.CopyFromStaging(migration, cause, effects);
            MigratePages(migration, cause, effects);
        }
    }
}
