namespace HmmSim.Protocol.Steps;

/// <summary>What a step wants done in the world.</summary>
public enum EffectKind : byte
{
    /// <summary>Deliver a message over the links' control path; first-in first-out for each pair of endpoints.</summary>
    Send = 0,

    /// <summary>Deliver a message with the pages it carries over the links; may be overtaken by control messages.</summary>
    Copy,

    /// <summary>Deliver a message to its own sender after a delay.</summary>
    SetTimer,

    /// <summary>A CPU thread, or a warp waiting for a remote access, goes on.</summary>
    Wake,

    /// <summary>The device retries every access that waits for a fault.</summary>
    Replay,

    /// <summary>A call of a process has ended.</summary>
    Complete,

    /// <summary>Something to count.</summary>
    Note,
}
