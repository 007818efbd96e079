using CsCheck;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;
using HmmSim.Nodes.Tests.Simulation;

namespace HmmSim.Cluster.Tests.Exchange;

/// <summary>A run gives the same result, byte for byte, on any number of members, lanes and with any placement.</summary>
public sealed class MembersTests
{
    private static readonly string Scenarios = Path.Combine(Repository.Root, "scenarios");

    private sealed class Silent : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void Two_hosts_give_the_same_result_on_one_member_and_on_two(int members, int lanes)
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(Scenarios, "two-hosts.yaml"));
        Assert.Equal(ResultText.Of(Local(scenario)), ResultText.Of(ThreadMembers.Run(scenario, members, lanes)));
    }

    [Fact]
    public void Random_scenarios_of_two_hosts_give_the_same_result_on_two_members()
    {
        RandomScenario.Texts.Where(text => text.Contains("cpu1", StringComparison.Ordinal)).Sample(
            text =>
            {
                string shortened = text.Replace(RandomScenario.TraceName, "sort.lackey.gz, limit: 2000", StringComparison.Ordinal);
                Scenario scenario = ScenarioLoader.Parse(shortened, "random", Path.Combine(Scenarios, "traces"));
                RunReport local = Local(scenario);
                Assert.Equal(ResultText.Of(local), ResultText.Of(ThreadMembers.Run(scenario, 2, placement: new RoundRobinPlacement())));
            },
            iter: 20,
            threads: 1);
    }

    private static RunReport Local(Scenario scenario) => new ActorSimulator().Run(scenario, new RunOptions(), new Silent(), CancellationToken.None);
}
