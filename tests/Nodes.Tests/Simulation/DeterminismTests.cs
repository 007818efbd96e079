using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Tests.Scenarios;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>A scenario decides its run. (The command line's tests compare two processes.)</summary>
public sealed class DeterminismTests
{
    private static readonly Scenario Scenario = ScenarioText.Load(SmallScenario.TwoDevicesText);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_result_is_the_same_again_and_on_any_number_of_lanes(int lanes) =>
        Assert.Equal(ReportText.Of(Simulate.Run(Scenario)), ReportText.Of(Simulate.Run(Scenario, lanes)));

    [Fact]
    public void Another_seed_gives_another_run_with_the_same_accesses()
    {
        RunReport first = Simulate.Run(Scenario);
        RunReport second = Simulate.Run(Scenario with { Seed = Scenario.Seed + 1 });
        Assert.NotEqual(first.Totals.TraceHash, second.Totals.TraceHash);
        Assert.Equal(first.Processors.Select(processor => processor.Accesses), second.Processors.Select(processor => processor.Accesses));
    }

    [Fact]
    public void Comments_and_layout_do_not_matter()
    {
        string text = "# A comment.\n\n"
            + SmallScenario.TwoDevicesText.Replace("buffers:\n", "\n# Another.\nbuffers:   # and one more\n", StringComparison.Ordinal);
        Assert.Equal(Simulate.Run(Scenario).Totals.TraceHash, Simulate.Run(text).Totals.TraceHash);
    }

    [Fact]
    public void Any_difference_in_the_scenario_shows_in_the_hash()
    {
        string hash = Simulate.Run(SmallScenario.OneDevice).Totals.TraceHash;
        Scenario otherDevice = SmallScenario.OneDevice.WithDevice(
            device => device with { BatchSize = 255, ReplayLatency = SmallScenario.Nanoseconds(1001) });
        Assert.NotEqual(hash, Simulate.Run(otherDevice).Totals.TraceHash);
        Assert.NotEqual(hash, Simulate.Run(SmallScenario.OneDevice.WithCpu(cpu => cpu with { PageOverhead = SmallScenario.Nanoseconds(51) })).Totals.TraceHash);
    }
}
