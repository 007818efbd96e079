using HmmSim.Nodes.Scenarios.Units;

namespace HmmSim.Nodes.Scenarios;

/// <summary>One range of the shared address space, starting at a 2 MiB boundary.</summary>
public sealed record BufferSpec
{
    /// <summary>Name of the buffer, unique among buffers.</summary>
    public required string Name { get; init; }

    /// <summary>Size, a multiple of 4 KiB, at least one page.</summary>
    public required ByteSize Size { get; init; }

    /// <summary>Name of the CPU whose page table is the truth for the range and whose RAM its pages start in.</summary>
    public required string Home { get; init; }

    /// <summary>What the range allows.</summary>
    public required BufferAccess Access { get; init; }
}
