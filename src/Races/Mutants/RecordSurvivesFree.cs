using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Pages;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B38 (7ab0ad0e74f8): what was known of a device's page, whose it is and who maps it, is still there when the frame is used again.
/// </summary>
internal sealed class RecordSurvivesFree : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void FreeDevicePage(PageFrameNumber frame, PageAddress mapping) => FreeAtOwner(frame, mapping);
    }
}
