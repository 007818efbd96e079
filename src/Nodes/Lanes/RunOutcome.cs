namespace HmmSim.Nodes.Lanes;

/// <summary>Why a run stopped. After any of these it can be continued by another run.</summary>
public enum RunOutcome : byte
{
    /// <summary>No timed message and no advance is left.</summary>
    Quiescent,

    /// <summary>Everything before <see cref="RunLimits.Until"/> is done.</summary>
    TimeLimit,

    /// <summary><see cref="RunLimits.MaxSteps"/> was reached.</summary>
    StepLimit,

    /// <summary><see cref="LaneRuntime.RequestCut"/> was called: all that was sent has been taken in, nothing is on its way.</summary>
    Cut,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}
