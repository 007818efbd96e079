namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>How an attempt at a run ended.</summary>
internal enum AttemptOutcome
{
    /// <summary>Every member has finished; there is a report.</summary>
    Finished,

    /// <summary>A member was lost: the run can be begun again on the others.</summary>
    MemberLost,

    /// <summary>The scenario does not work.</summary>
    Input,

    /// <summary>The simulator failed.</summary>
    Error,

    /// <summary>The submitter has stopped it.</summary>
    Stopped,
}
