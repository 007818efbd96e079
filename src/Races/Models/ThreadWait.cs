namespace HmmSim.Races.Models;

/// <summary>What a thread waits for.</summary>
internal enum ThreadWait : byte
{
    /// <summary>Nothing: it takes its next step, or is over.</summary>
    Nothing = 0,

    /// <summary>The end of its call.</summary>
    Call,

    /// <summary>A fault to be serviced.</summary>
    Fault,

    /// <summary>The answer to an access over the link.</summary>
    Reply,
}
