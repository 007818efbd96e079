using HmmSim.Protocol;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B36 (dfd8562c52a5): whether a device-private page may be written is read from the bit of a present entry, so its migration entry is read-only.
/// </summary>
internal sealed class PermissionLostOnUnmap : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override PageTableEntry MigrationEntryOf(PageTableEntry entry) =>
            base.MigrationEntryOf(entry.Kind == EntryKind.DevicePrivate ? entry.WriteProtected() : entry);
    }
}
