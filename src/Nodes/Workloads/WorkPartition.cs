namespace HmmSim.Nodes.Workloads;

/// <summary>How the work of a kernel is dealt to its warps.</summary>
public enum WorkPartition : byte
{
    /// <summary>Turn by turn: warp w takes turns w, w + warps, w + 2 warps... as a grid-stride loop does.</summary>
    GridStride = 0,

    /// <summary>One contiguous part for each warp; parts differ by at most one unit in size.</summary>
    Block = 1,
}
