using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Scenarios;

/// <summary>A pattern over one buffer with one kind of access.</summary>
public abstract record BufferPattern : AccessPattern
{
    private protected BufferPattern()
    {
    }

    /// <summary>Name of the buffer.</summary>
    public required string Buffer { get; init; }

    /// <summary>What is done at each place.</summary>
    public required AccessOperation Access { get; init; }
}
