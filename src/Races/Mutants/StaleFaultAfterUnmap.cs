using HmmSim.Protocol;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B31 (1ddaa025403c): a fault record that is older than the unmap of its address is handled as if the area were still there.
/// </summary>
internal sealed class StaleFaultAfterUnmap : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override bool IsHole(AddressSpace space, VirtualPageNumber address) => true;

        internal override void PrepareAnonVma(AddressSpace space, Vma area)
        {
            if (area is not null)
            {
                base.PrepareAnonVma(space, area);
            }
        }
    }
}
