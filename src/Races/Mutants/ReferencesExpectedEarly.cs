using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B14 (CVE-2026-89755): the references that a page may have are counted before it leaves the swap cache, and compared with those it
/// has afterwards.
/// </summary>
internal sealed class ReferencesExpectedEarly : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override bool CanMove(MigrationTransaction migration, PageFrameNumber frame)
        {
            int expected = ExpectedReferences(RecordOf(frame));
            return base.CanMove(migration, frame) && ReferencesOf(frame, RecordOf(frame)) == expected;
        }
    }
}
