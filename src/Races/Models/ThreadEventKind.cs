namespace HmmSim.Races.Models;

/// <summary>What a step of a machine tells a thread.</summary>
internal enum ThreadEventKind : byte
{
    /// <summary>Its call has ended.</summary>
    Completed = 0,

    /// <summary>Its access has taken effect.</summary>
    Accessed,

    /// <summary>Its access is refused for good: there is no such page.</summary>
    Refused,

    /// <summary>Its access waits for the memory.</summary>
    Stalled,

    /// <summary>It may try its access again.</summary>
    Retries,
}
