namespace HmmSim.Conformance.Comparison;

/// <summary>What of a trace file is replayed, and how.</summary>
public sealed record ConformanceOptions
{
    /// <summary>The one script to replay; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Go on after a script that does not pass; else the run ends with the first such script.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>Scripts replayed at the same time, at least 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;
}
