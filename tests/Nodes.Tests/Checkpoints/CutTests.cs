using CsCheck;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Tests.Simulation;

namespace HmmSim.Nodes.Tests.Checkpoints;

/// <summary>A run that is cut anywhere, saved as bytes and gone on from on any number of lanes gives the result of an undisturbed run.</summary>
public sealed class CutTests
{
    private static readonly string Scenarios = Path.Combine(Repository.Root, "scenarios");

    [Theory]
    [InlineData("quickstart.yaml", 1, 900)]
    [InlineData("quickstart.yaml", 2, 2500)]
    [InlineData("two-hosts.yaml", 1, 2000)]
    [InlineData("two-hosts.yaml", 4, 5000)]
    public void A_shipped_scenario_in_pieces_is_the_same(string file, int lanes, int windows)
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(Scenarios, file));
        (RunReport pieces, int cuts) = CutRun.Of(scenario, piece => windows + (37 * piece), piece => 1 + ((piece + lanes - 1) % lanes));
        Assert.InRange(cuts, 3, 200);
        Assert.Equal(ReportText.Of(Simulate.Run(scenario)), ReportText.Of(pieces));
    }

    [Fact]
    public void Random_scenarios_cut_at_random_windows_are_the_same()
    {
        int cutRuns = 0;
        foreach ((string text, int lanes, int seed) in Gen.Select(RandomScenario.Texts, Gen.Int[1, 3], Gen.Int[0, int.MaxValue]).First(25))
        {
            string shortened = text.Replace(RandomScenario.TraceName, "sort.lackey.gz, limit: 3000", StringComparison.Ordinal);
            Scenario scenario = ScenarioLoader.Parse(shortened, "random", Path.Combine(Scenarios, "traces"));
            string whole = ReportText.Of(Simulate.Unchecked(scenario));
            Random random = new(seed);
            (RunReport pieces, int cuts) = CutRun.Of(scenario, piece => random.Next(1, 40 << Math.Min(piece, 12)), piece => 1 + (piece % lanes));
            Assert.Equal(whole, ReportText.Of(pieces));
            cutRuns += cuts > 0 ? 1 : 0;
        }

        Assert.True(cutRuns > 5);
    }

    [Fact]
    public void A_run_cut_after_every_window_is_the_same()
    {
        Scenario scenario = SmallScenario.OneDevice;
        (RunReport pieces, int cuts) = CutRun.Of(scenario, _ => 1, piece => 1 + (piece % 2));
        Assert.True(cuts > 20, $"{cuts} cuts");
        Assert.Equal(ReportText.Of(Simulate.Run(scenario)), ReportText.Of(pieces));
    }
}
