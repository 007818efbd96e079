namespace HmmSim.Nodes.Scenarios;

/// <summary>Every page in address order, the whole buffer <see cref="Passes"/> times.</summary>
public sealed record SequentialPattern : BufferPattern
{
    /// <inheritdoc/>
    public override string Keyword => "sequential";

    /// <summary>How often the buffer is swept, at least 1.</summary>
    public required int Passes { get; init; }

    /// <summary>Accesses to each visited page, at least 1: a page holds 32 lines of 128 bytes, the load of one warp.</summary>
    public int AccessesPerPage { get; init; } = 1;
}
