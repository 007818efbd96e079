namespace HmmSim.Explorer.Explanations;

/// <summary>How far <see cref="Shrinker"/> goes.</summary>
public sealed record ShrinkOptions
{
    /// <summary>
    /// The most states that one search of a candidate may visit; a candidate with more does not count as failing. 1 to 2^30.
    /// </summary>
    public long MaxStates { get; init; } = 1_000_000;

    /// <summary>Ends the shrinking with what is reached so far.</summary>
    public CancellationToken Cancellation { get; init; } = CancellationToken.None;

    /// <summary>Is told how far the shrinking is, before a search.</summary>
    public Action<ShrinkProgress>? Progress { get; init; }

    /// <summary>The shortest wall-clock time between two reports of <see cref="Progress"/>.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(1);
}
