using HmmSim.Protocol;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B18 (835745a377a4, CVE-2024-50096): a copy from a device fails, here each, and the driver goes on as if it had not. A page without
/// contents is mapped.
/// </summary>
internal sealed class CopyErrorIgnored : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void StoreContents(Message data, PageFrames frames)
        {
        }
    }
}
