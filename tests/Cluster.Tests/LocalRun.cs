using System.Collections.Concurrent;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;

namespace HmmSim.Cluster.Tests;

/// <summary>Runs in this process, to compare with; each scenario once.</summary>
internal static class LocalRun
{
    private static readonly ConcurrentDictionary<string, RunReport> Known = new();

    /// <summary>The report of a scenario of the repository.</summary>
    public static RunReport OfShipped(string file) => Known.GetOrAdd(file, static name => Of(Shipped(name)));

    /// <summary>A scenario of the repository.</summary>
    public static Scenario Shipped(string file) => ScenarioLoader.Load(Path.Combine(Repository.Root, "scenarios", file));

    /// <summary>The report of a scenario.</summary>
    public static RunReport Of(Scenario scenario, int lanes = 1) =>
        new ActorSimulator().Run(scenario, new RunOptions { Lanes = lanes }, new Silent(), CancellationToken.None);

    private sealed class Silent : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
        }
    }
}
