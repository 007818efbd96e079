namespace HmmSim.Nodes.Scenarios;

/// <summary>Pages drawn independently and uniformly from the buffer, with the scenario's seed.</summary>
public sealed record RandomPattern : BufferPattern
{
    /// <inheritdoc/>
    public override string Keyword => "random";

    /// <summary>Number of visits of all warps together, at least 1.</summary>
    public required long Accesses { get; init; }
}
