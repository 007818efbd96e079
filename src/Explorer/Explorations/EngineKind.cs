namespace HmmSim.Explorer.Explorations;

/// <summary>How a model is explored. The engines that search states come first, then those that do not.</summary>
public enum EngineKind : byte
{
    /// <summary>All states, level by level: finds a shortest run.</summary>
    BreadthFirst,

    /// <summary>One state of each orbit of a symmetric model.</summary>
    Symmetric,

    /// <summary>All states but those that ample sets save.</summary>
    Ample,

    /// <summary>One state of each orbit, with ample sets.</summary>
    SymmetricAmple,

    /// <summary>All runs of a round-robin scheduler with at most a few delays.</summary>
    DelayBounded,

    /// <summary>One run of each trace.</summary>
    SourceDpor,

    /// <summary>The response properties, under fairness.</summary>
    Responses,

    /// <summary>Random runs: any enabled transition.</summary>
    RandomWalk,

    /// <summary>Random runs: priorities that change a few times.</summary>
    PriorityChanges,

    /// <summary>Random runs: priorities drawn again after each race.</summary>
    PartialOrder,

    /// <summary>Random runs: a round robin with a few random delays.</summary>
    RandomDelays,

    /// <summary>Random runs of many kinds.</summary>
    Swarm,
}
