using HmmSim.Nodes.Interconnect;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Actors;

/// <summary>What every node of a run knows: the protocol's layout, the links, and which node holds which memory.</summary>
internal sealed class SystemPlan
{
    /// <summary>Memories and address spaces.</summary>
    public required SystemLayout Layout { get; init; }

    /// <summary>Nodes and links.</summary>
    public required InterconnectGraph Graph { get; init; }

    /// <summary>The node that holds each memory, by number of the memory.</summary>
    public required IReadOnlyDictionary<MemoryId, int> NodeOf { get; init; }

    /// <summary>For each stream, the nodes (without its own) whose streams wait for its end.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> NodesWaitingForStream { get; init; }

    /// <summary>Makes a home's machine.</summary>
    public Func<CpuMemorySpec, SystemLayout, CpuMemory> NewHome { get; init; } = static (spec, layout) => new CpuMemory(spec, layout);

    /// <summary>Makes a device's machine.</summary>
    public Func<DeviceMemorySpec, SystemLayout, DeviceMemory> NewDevice { get; init; } = static (spec, layout) => new DeviceMemory(spec, layout);
}
