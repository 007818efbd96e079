using HmmSim.Protocol;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B18 (835745a377a4, CVE-2024-50096): nobody looks at what came of the copy. Finalize maps the new page, and does not know whether
/// the contents are there.
/// </summary>
internal sealed class CopyNotChecked : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override bool AwaitsContents(MigrationTransaction migration) => false;
    }
}
