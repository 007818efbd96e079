using HmmSim.Protocol;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B5 (fd35ca3d12cc): collect does not carry the dirty bit of the entry that it clears. Where the migration fails the page is mapped
/// clean again, and reclaim may drop it.
/// </summary>
internal sealed class DirtyBitLost : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override PageTableEntry MigrationEntryOf(PageTableEntry entry)
        {
            PageTableEntry kept = base.MigrationEntryOf(entry);
            return PageTableEntry.Migration(kept.Type, kept.Frame, kept.IsAccessed, dirty: false);
        }
    }
}
