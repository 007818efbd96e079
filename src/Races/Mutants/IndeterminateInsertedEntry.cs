using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.PageTables;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B37 (34f5e9b9d199): a page for a hole gets an entry that was made for private memory only; for other memory it was never set.
/// </summary>
internal sealed class IndeterminateInsertedEntry : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override PageTableEntry Inserted(PageFrameNumber frame, bool writable)
        {
            PageTableEntry entry = base.Inserted(frame, writable);
            return entry.Kind == EntryKind.DevicePrivate ? entry : default;
        }
    }
}
