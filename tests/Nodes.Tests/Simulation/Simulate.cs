using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;
using HmmSim.Nodes.Tests.Scenarios;
using Xunit.Sdk;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>Runs scenarios in tests, with a bound on their steps: a run that does not end is a failure and not a hang.</summary>
internal static class Simulate
{
    private const long MostSteps = 4_000_000;

    /// <summary>Runs a scenario without looking at its checks.</summary>
    public static RunReport Unchecked(Scenario scenario, int lanes = 1)
    {
        using CancellationTokenSource stop = new();
        try
        {
            return new ActorSimulator().Run(scenario, new RunOptions { Lanes = lanes }, new StepBound(stop), stop.Token);
        }
        catch (OperationCanceledException)
        {
            throw new XunitException($"the run did not end within {MostSteps} steps:\n{ScenarioWriter.ToYaml(scenario)}");
        }
    }

    /// <summary>Runs a scenario; every check must pass.</summary>
    public static RunReport Run(Scenario scenario, int lanes = 1)
    {
        RunReport report = Unchecked(scenario, lanes);
        Assert.True(report.Passed, string.Join('\n', report.Checks.Where(check => !check.Passed)));
        return report;
    }

    /// <summary>Loads and runs a text that names no files.</summary>
    public static RunReport Run(string yaml, int lanes = 1) => Run(ScenarioText.Load(yaml), lanes);

    private sealed class StepBound(CancellationTokenSource stop) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Steps > MostSteps)
            {
                stop.Cancel();
            }
        }
    }
}
