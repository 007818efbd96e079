namespace HmmSim.Nodes.Scenarios;

/// <summary>No accesses: a CPU removes the whole buffer from the address space (munmap) and so frees it wherever its pages lie.</summary>
public sealed record UnmapPattern : AccessPattern
{
    /// <inheritdoc/>
    public override string Keyword => "unmap";

    /// <summary>Name of the buffer; every stream that uses it has been waited for.</summary>
    public required string Buffer { get; init; }
}
