using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios;

/// <summary>One computer: a processor with its RAM and the devices whose driver runs on it.</summary>
public sealed record HostSpec
{
    /// <summary>Name of the host, unique among hosts.</summary>
    public required string Name { get; init; }

    /// <summary>The processor and its RAM: the home of the host's address ranges.</summary>
    public required CpuSpec Cpu { get; init; }

    /// <summary>Devices with memory of their own; may be empty.</summary>
    public required ImmutableArray<DeviceSpec> Devices { get; init; }
}
