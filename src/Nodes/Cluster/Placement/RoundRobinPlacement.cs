using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Cluster.Placement;

/// <summary>One host after the other to one member after the other: where the load changes along the list of hosts.</summary>
public sealed class RoundRobinPlacement : IHostPlacement
{
    /// <inheritdoc/>
    public string Name => "round_robin";

    /// <inheritdoc/>
    public string Meaning => "one host after the other to one member after the other";

    /// <inheritdoc/>
    public IReadOnlyList<int> Place(Scenario scenario, int members) => [.. Enumerable.Range(0, scenario.Hosts.Length).Select(host => host % members)];
}
