using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B6 (7c7b962938dd): a CPU that takes a page back from a device's exclusive access neither holds nor locks it. Two do so at once;
/// after the first the page is migrated, and the second restores its entry all the same.
/// </summary>
internal sealed class UnlockedTakeBack : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override PageMask LockedPages(BlockKey block)
        {
            PageMask locked = base.LockedPages(block);
            foreach (FaultTransaction fault in ActivityOf(block)?.Faults.Where(fault => fault.Work == FaultWork.TakeBack) ?? [])
            {
                locked.Remove(fault.Address.Page.IndexInBlock);
            }

            return locked;
        }
    }
}
