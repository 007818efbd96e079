using HmmSim.Protocol;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B43: who follows the mappings of a page does not expect a device-exclusive entry among them, so an unmap leaves the page's reference behind.
/// </summary>
internal sealed class ExclusiveEntryUnknownToUnmap : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void DropFrame(PageTableEntry entry, PageAddress mapping)
        {
            if (entry.Kind != EntryKind.DeviceExclusive)
            {
                base.DropFrame(entry, mapping);
            }
        }
    }
}
