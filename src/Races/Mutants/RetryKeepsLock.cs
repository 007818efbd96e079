using HmmSim.Protocol;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B17 (b3fefbb30a16): a driver that has locked the CPU out of a page and finds that it must try again, since somebody wants the
/// page, forgets to unlock it. It waits for itself then.
/// </summary>
internal sealed class RetryKeepsLock : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void CloseFault(FaultTransaction fault, AddressSpace space)
        {
            bool mustTryAgain = fault.Work == FaultWork.LockOut && fault.Waiters.Count > 1;
            if (!mustTryAgain)
            {
                base.CloseFault(fault, space);
            }
        }
    }
}
