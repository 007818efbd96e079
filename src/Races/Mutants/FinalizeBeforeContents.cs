using HmmSim.Protocol;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B18 (CVE-2024-50096) as the error path of later kernels still has it: finalize takes every page with a destination for one that has
/// moved, though its contents have not arrived.
/// </summary>
internal sealed class FinalizeBeforeContents : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override bool AwaitsContents(MigrationTransaction migration) => false;
    }
}
