using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>
/// B13 (41cddf83d8b0): finalize puts the old frame of a page that has moved on the LRU list, where it is accounted for though nobody
/// has it any more.
/// </summary>
internal sealed class SourceKeptOnLru : IMachineMaker
{
    /// <inheritdoc/>
    public CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new Home(spec, layout);

    private sealed class Home(CpuMemorySpec spec, SystemLayout layout) : CpuMemory(spec, layout)
    {
        internal override void PutSource(PageFrameNumber source)
        {
            if (Ram.Owns(source))
            {
                Ram.Get(source);
            }

            base.PutSource(source);
        }
    }
}
