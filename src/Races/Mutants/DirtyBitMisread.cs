using HmmSim.Protocol;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B15 (a fix of the stable trees): collect reads the dirty bit of a private page's special entry as if it were a present one, and
/// finds a bit of its offset.
/// </summary>
internal sealed class DirtyBitMisread : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        private const ulong BitOfOffset = 1UL << 9; // the lowest; offsets are stored inverted

        internal override PageTableEntry MigrationEntryOf(PageTableEntry entry)
        {
            PageTableEntry read = base.MigrationEntryOf(entry);
            return entry.IsPresent ? read : PageTableEntry.Migration(read.Type, read.Frame, read.IsAccessed, dirty: (entry.Raw & BitOfOffset) != 0);
        }
    }
}
