namespace HmmSim.Nodes.Workloads;

/// <summary>What a generated workload does to each word it touches.</summary>
public enum AccessOperation : byte
{
    /// <summary>One load.</summary>
    Read = 0,

    /// <summary>One store.</summary>
    Write = 1,

    /// <summary>A load and a store of the same word (GUPS, an atomic): one write access counted as two accesses.</summary>
    Update = 2,
}
