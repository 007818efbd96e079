using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B8 (08ddddda667b): a walk takes every private page for one of the device that walks, which then programs another device's frame.
/// </summary>
internal sealed class OwnerNotCompared : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override bool IsOwnPage(MemoryId device, PageTableEntry entry) => entry.Kind == EntryKind.DevicePrivate;
    }
}
