namespace HmmSim.Nodes.Execution;

/// <summary>What a warp is waiting for.</summary>
internal enum WarpState : byte
{
    /// <summary>Nothing but its time; leaves when it faults, accesses a remote page, or ends.</summary>
    Ready = 0,

    /// <summary>Its fault is on the way to the handler or the fault buffer; leaves when it is there.</summary>
    FaultOnTheWay,

    /// <summary>Its fault is being serviced; leaves at a wake or a replay.</summary>
    Faulted,

    /// <summary>A remote access is under way; leaves when the reply arrives.</summary>
    AwaitingReply,

    /// <summary>Its stream has not begun; leaves when it begins.</summary>
    NotStarted,

    /// <summary>Its stream is done.</summary>
    Ended,
}
