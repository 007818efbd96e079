namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>Which part of a cluster goes on when members cannot reach each other.</summary>
public enum SplitRule
{
    /// <summary>The part with more than half of the members that simulate; the others end. The rule for a cluster of three or more.</summary>
    Majority,

    /// <summary>The part with the oldest process; the others end. The rule where one process has started all others.</summary>
    Oldest,
}
