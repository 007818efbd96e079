using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Cluster.Placement;

/// <summary>
/// The rule that places whole simulated hosts on the members of a run. It changes the speed of a run and never its results, so
/// that any rule will do; <see cref="HostPlacements"/> is the list of those that can be named.
/// </summary>
public interface IHostPlacement
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    string Meaning { get; }

    /// <summary>Chooses a member for each host. It must depend on its arguments only: every member computes it for itself.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="members">How many members there are, 1 to the number of hosts.</param>
    /// <returns>For each host in the order of the scenario, its member, 0 to <paramref name="members"/> - 1.</returns>
    IReadOnlyList<int> Place(Scenario scenario, int members);
}
