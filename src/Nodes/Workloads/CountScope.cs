namespace HmmSim.Nodes.Workloads;

/// <summary>What a count of operations counts.</summary>
public enum CountScope : byte
{
    /// <summary>The operations of all warps together; shares differ by at most one.</summary>
    Total = 0,

    /// <summary>The operations of each warp.</summary>
    PerWarp = 1,
}
