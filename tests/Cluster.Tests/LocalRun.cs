using System.Collections.Concurrent;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;

namespace HmmSim.Cluster.Tests;

/// <summary>Runs in this process, to compare with; each scenario once.</summary>
internal static class LocalRun
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private static readonly ConcurrentDictionary<string, RunReport> Known = new();

    /// <summary>The report of a scenario of the repository.</summary>
    public static RunReport OfShipped(string file) => OfKnown(file, Shipped(file));

    /// <summary>The report of a scenario that always has the same name here.</summary>
    public static RunReport OfKnown(string name, Scenario scenario) => Known.GetOrAdd(name, _ => Of(scenario));

    /// <summary>A scenario of the repository.</summary>
    public static Scenario Shipped(string file) => ScenarioLoader.Load(Path.Combine(Repository.Root, "scenarios", file));

    /// <summary>The report of a scenario.</summary>
    public static RunReport Of(Scenario scenario, int lanes = 1)
    {
        using CancellationTokenSource late = new(Timeout);
        return new ActorSimulator().Run(scenario, new RunOptions { Lanes = lanes }, new Silent(), late.Token);
    }

    private sealed class Silent : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
        }
    }
}
