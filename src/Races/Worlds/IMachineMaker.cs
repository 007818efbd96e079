using HmmSim.Protocol;
using HmmSim.Protocol.Topology;

namespace HmmSim.Races.Worlds;

/// <summary>Makes the machines of a world: those of the simulator, or a mutant's with one handler or phase replaced.</summary>
public interface IMachineMaker
{
    /// <summary>A home without state.</summary>
    CpuMemory NewHome(CpuMemorySpec spec, SystemLayout layout) => new(spec, layout);

    /// <summary>A device without state.</summary>
    DeviceMemory NewDevice(DeviceMemorySpec spec, SystemLayout layout) => new(spec, layout);
}
