namespace HmmSim.Explorer.Runs;

/// <summary>What <see cref="Swarm"/> does and when it ends.</summary>
public sealed record SwarmOptions
{
    /// <summary>Selects the members and their runs.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of members; at least 1.</summary>
    public int Members { get; init; } = 16;

    /// <summary>Runs of each member; at least 1.</summary>
    public long RunsPerMember { get; init; } = 1_000;

    /// <summary>The longest run that a member may draw; at least 1.</summary>
    public int MaxSteps { get; init; } = 1_000;

    /// <summary>Number of threads, 1 to 256. The result does not depend on it.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Ends the sampling early.</summary>
    public CancellationToken Cancellation { get; init; } = CancellationToken.None;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RunsPerMember, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Workers, 256);
    }
}
