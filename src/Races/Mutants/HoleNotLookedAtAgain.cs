using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// The rule behind I10 (<c>migrate_vma_insert_page</c>): a page made for a hole is inserted without looking whether the hole is still one, over the
/// page that a touch has put there meanwhile.
/// </summary>
internal sealed class HoleNotLookedAtAgain : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override bool IsStillHole(BlockKey block, int page, PageTableEntry entry) => true;
    }
}
