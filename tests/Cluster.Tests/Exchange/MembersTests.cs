using CsCheck;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Tests.Simulation;

namespace HmmSim.Cluster.Tests.Exchange;

/// <summary>A run gives the same result, byte for byte, on any number of members, lanes and with any placement.</summary>
public sealed class MembersTests
{
    private static readonly string Scenarios = Path.Combine(Repository.Root, "scenarios");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void Hosts_that_talk_all_the_time_give_the_same_result_on_any_members_and_lanes(int members, int lanes)
    {
        Scenario scenario = TestScenario.Chatty(accesses: 300);
        Assert.Equal(ResultText.Of(Local(scenario)), ResultText.Of(ThreadMembers.Run(scenario, members, lanes)));
    }

    [Fact]
    public void Twenty_random_scenarios_give_the_same_result_on_any_lanes_and_members()
    {
        foreach (string text in RandomScenario.Texts.First(20))
        {
            string shortened = text.Replace(RandomScenario.TraceName, "sort.lackey.gz, limit: 2000", StringComparison.Ordinal);
            Scenario scenario = ScenarioLoader.Parse(shortened, "random", Path.Combine(Scenarios, "traces"));
            string local = ResultText.Of(Local(scenario));
            Assert.Equal(local, ResultText.Of(LocalRun.Of(scenario, lanes: 2)));
            Assert.Equal(local, ResultText.Of(LocalRun.Of(scenario, lanes: 4)));
            if (scenario.Hosts.Length > 1)
            {
                Assert.Equal(local, ResultText.Of(ThreadMembers.Run(scenario, 2, placement: new RoundRobinPlacement())));
            }
        }
    }

    /// <summary>
    /// Islands that touch each other only at first: their members must not meet for ever after, and still agree. Without
    /// <see cref="Nodes.Cluster.Exchange.Exposure"/> they would meet about once in each latency of the network.
    /// </summary>
    [Fact]
    public void Members_do_not_meet_for_what_cannot_reach_them()
    {
        Scenario scenario = TestScenario.Islands();
        long[] meetings = new long[2];
        RunReport report = ThreadMembers.Run(scenario, 2, spoil: frame => meetings[frame.From] = frame.Round);
        Assert.Equal(ResultText.Of(Local(scenario)), ResultText.Of(report));
        Assert.InRange(meetings[0], 2, report.Totals.VirtualEndTime.Picoseconds / TestScenario.NetworkLatencyPicoseconds / 4);
    }

    /// <summary>The audit over members must be able to fail: it is shown a device that claims too little, and one that claims too much.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_claim_that_is_not_true_fails_the_check(bool forgets)
    {
        Scenario scenario = TestScenario.Chatty(accesses: 300);
        RunReport report = ThreadMembers.Run(scenario, 2, spoil: frame =>
        {
            if (frame.Claims.Count > 0 && forgets)
            {
                frame.Claims.RemoveAt(0);
            }
            else if (frame.Claims.Count > 0)
            {
                frame.Claims[0].Frame++;
            }
        });
        ConservationCheck failed = Assert.Single(report.Checks, check => !check.Passed);
        Assert.Equal("frames, entries, references and transactions", failed.Name);
        Assert.Equal(LocalRun.Of(scenario).Totals.TraceHash, report.Totals.TraceHash);
    }

    /// <summary>A message that comes earlier than was promised must stop the run, not change it.</summary>
    [Fact]
    public void A_message_before_the_promised_time_stops_the_run()
    {
        Scenario scenario = TestScenario.Chatty(accesses: 300);
        StepFailedException failure = Assert.Throws<StepFailedException>(() => ThreadMembers.Run(scenario, 2, spoil: frame =>
        {
            foreach (TimedEvent each in frame.Events.Where(_ => frame.Round > 100))
            {
                each.ActsAtPicoseconds = 1;
            }
        }));
        Assert.IsType<CausalityException>(failure.InnerException);
    }

    private static RunReport Local(Scenario scenario) => LocalRun.Of(scenario);
}
