namespace HmmSim.Explorer.Runs;

/// <summary>Why an engine that goes through runs one after the other ended.</summary>
public enum RunOutcome : byte
{
    /// <summary>All runs that the engine has to go through are done and none violates a property.</summary>
    Exhausted,

    /// <summary>A run violates a property.</summary>
    Violated,

    /// <summary>The limit of runs is reached.</summary>
    RunLimit,

    /// <summary>A run is longer than the limit of steps: it may never end.</summary>
    StepLimit,

    /// <summary>The engine was cancelled.</summary>
    Cancelled,
}
