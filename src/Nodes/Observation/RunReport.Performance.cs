namespace HmmSim.Nodes.Observation;

/// <summary>How fast the simulation was, in real time.</summary>
public sealed record RunPerformance
{
    /// <summary>Real time from the first step to the last.</summary>
    public required TimeSpan WallTime { get; init; }

    /// <summary>Lanes that carried the run.</summary>
    public required int Lanes { get; init; }

    /// <summary>Members of a cluster that shared the run; 1 for a run in one process.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Simulated accesses for each second of real time.</summary>
    public required double AccessesPerWallSecond { get; init; }

    /// <summary>Protocol steps for each second of real time.</summary>
    public required double StepsPerWallSecond { get; init; }
}
