namespace HmmSim.Races.Worlds;

/// <summary>How the answer to a walk of the page table travels.</summary>
public enum ReplyOrder : byte
{
    /// <summary>First-in first-out with all other control messages, as links deliver it.</summary>
    InOrder = 0,

    /// <summary>
    /// Later invalidations may overtake it, as in Linux, where what <c>hmm_range_fault</c> found lies in an array while notifiers are called.
    /// </summary>
    Overtaken,
}
