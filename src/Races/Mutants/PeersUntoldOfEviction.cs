using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B25 (a26084328ac4): pages of a device that goes away leave without a word to the peers that have them mapped.
/// </summary>
internal sealed class PeersUntoldOfEviction : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override PageMask NotifiedPages(MigrationTransaction migration) =>
            migration.Cause == MigrationCause.Eviction ? default : base.NotifiedPages(migration);
    }
}
