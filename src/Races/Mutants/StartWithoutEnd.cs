using HmmSim.Protocol;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B41 (c2655835fd8c): an operation that fails after its invalidation has started does not end it, and whoever was told waits for the end.
/// </summary>
internal sealed class StartWithoutEnd : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void EndUnmap(in StepContext context, MigrationTransaction migration, Message cause, EffectBuffer effects)
        {
            if (migration.Pages.IsEmpty && migration.Holes.IsEmpty)
            {
                migration.Invalidated.Clear();
            }

            base.EndUnmap(context, migration, cause, effects);
        }
    }
}
