namespace HmmSim.Explorer.Schedules;

/// <summary>How the replay of a schedule ended.</summary>
public enum ReplayOutcome : byte
{
    /// <summary>Every state was the recorded one, and the run violates the property.</summary>
    Reproduced,

    /// <summary>A step could not be taken or led to another state: the model is not the one of the recording.</summary>
    Diverged,

    /// <summary>Every state was the recorded one, but the run does not violate the property.</summary>
    NotViolated,
}
