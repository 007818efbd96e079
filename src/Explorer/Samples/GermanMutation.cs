namespace HmmSim.Explorer.Samples;

/// <summary>A bug seeded into <see cref="GermanModel"/>.</summary>
public enum GermanMutation : byte
{
    /// <summary>The correct protocol.</summary>
    None,

    /// <summary>
    /// G1: exclusive access is granted while others still share; an exclusive and another copy exist. Shortest run 8 steps.
    /// </summary>
    GrantExclusiveWhileShared,

    /// <summary>G2: shared access is granted while another holds the line exclusively. Shortest run 8 steps.</summary>
    GrantSharedWhileExclusive,

    /// <summary>
    /// G3: the data that come back with an acknowledgement of an invalidation are dropped. Shortest run 10 steps.
    /// </summary>
    LoseWriteBack,

    /// <summary>G4: a request for exclusive access is taken up while another one is in service. Shortest run 17 steps.</summary>
    AcceptRequestWhileBusy,
}
