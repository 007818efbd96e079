namespace HmmSim.Explorer.Explorations;

/// <summary>What an exploration says about a model.</summary>
public enum Verdict : byte
{
    /// <summary>Everything within the engine's reach was explored, and every property that it preserves holds.</summary>
    Holds,

    /// <summary>A property is violated; there is a run that shows it.</summary>
    Violated,

    /// <summary>Nothing was found in the runs made, which proves nothing.</summary>
    NothingFound,

    /// <summary>A limit of states, memory, time, runs or steps ended the exploration.</summary>
    LimitReached,

    /// <summary>The user ended the exploration.</summary>
    Cancelled,
}
