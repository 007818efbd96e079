namespace HmmSim.Nodes.Scenarios;

/// <summary>A walk through one random cycle of all pages of the buffer: each address comes from the load before.</summary>
public sealed record PointerChasePattern : BufferPattern
{
    /// <inheritdoc/>
    public override string Keyword => "pointer_chase";

    /// <summary>Number of visits of all warps together, at least 1.</summary>
    public required long Steps { get; init; }
}
