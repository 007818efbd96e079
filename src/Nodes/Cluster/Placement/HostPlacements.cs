namespace HmmSim.Nodes.Cluster.Placement;

/// <summary>The placements that a command line and a member can name. A new rule is one class and one entry here.</summary>
public static class HostPlacements
{
    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<IHostPlacement> All { get; } = [new ContiguousPlacement(), new RoundRobinPlacement()];

    /// <summary>The default.</summary>
    public static IHostPlacement Default => All[0];

    /// <summary>The placement of a name; null if there is none.</summary>
    public static IHostPlacement? Find(string name) => All.FirstOrDefault(placement => placement.Name == name);
}
