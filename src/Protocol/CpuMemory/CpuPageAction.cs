namespace HmmSim.Protocol;

/// <summary>What the home does with a page: the content of a cell of <see cref="CpuMemoryTable"/>.</summary>
public enum CpuPageAction : byte
{
    /// <summary>Cannot be: the run stops with state, message, transaction and time.</summary>
    Impossible = 0,

    /// <summary>Leave the page alone.</summary>
    Skip,

    /// <summary>Give it a zeroed RAM frame and go on as for a present page.</summary>
    Populate,

    /// <summary>The translation is there: the thread goes on, or the walk reports the frame.</summary>
    Report,

    /// <summary>Wait for the transaction that moves it.</summary>
    Wait,

    /// <summary>Lock it and ask its owner to bring it back.</summary>
    MigrateToRam,

    /// <summary>Take it along without a source: the destination starts it zeroed.</summary>
    CollectHole,

    /// <summary>Lock it and replace its entry by a migration entry.</summary>
    Collect,

    /// <summary>Name the destination frame in the entry, unless a reference was found that nobody expects.</summary>
    Move,

    /// <summary>Name the destination frame in the empty entry.</summary>
    Insert,

    /// <summary>Somebody populated the hole first: throw the destination's frame away.</summary>
    Discard,

    /// <summary>Empty the entry and free the RAM frame.</summary>
    FreeFrame,

    /// <summary>Empty the entry and tell the owner that its frame is free.</summary>
    FreeAtOwner,

    /// <summary>Read or write the RAM frame the entry names.</summary>
    Access,
}
