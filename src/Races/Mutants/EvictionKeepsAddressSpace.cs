using HmmSim.Protocol;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B26 (847b371debf3): an eviction that finds nothing to move returns without letting go of the address space.
/// </summary>
internal sealed class EvictionKeepsAddressSpace : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void EndTransactions(MigrationTransaction migration, AddressSpace space)
        {
            if (migration.Cause != MigrationCause.Eviction || !migration.Pages.IsEmpty)
            {
                base.EndTransactions(migration, space);
            }
        }
    }
}
