namespace HmmSim.Explorer.Runs;

/// <summary>When <see cref="SourceDpor"/> gives up.</summary>
public sealed record SourceDporOptions
{
    /// <summary>The most complete runs.</summary>
    public long MaxRuns { get; init; } = long.MaxValue;

    /// <summary>The most steps in a run; at least 1. Memory is proportional to the longest run met.</summary>
    public int MaxSteps { get; init; } = 100_000;

    /// <summary>Ends the exploration early.</summary>
    public CancellationToken Cancellation { get; init; } = CancellationToken.None;
}
