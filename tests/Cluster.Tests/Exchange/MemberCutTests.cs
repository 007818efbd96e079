using CsCheck;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Tests.Simulation;

namespace HmmSim.Cluster.Tests.Exchange;

/// <summary>A run that is cut at a meeting, and gone on from on other members, lanes and with another placement, gives the same result.</summary>
public sealed class MemberCutTests
{
    private static readonly IHostPlacement[] Placements = [new ContiguousPlacement(), new RoundRobinPlacement()];

    [Theory]
    [InlineData(3, 40)]
    [InlineData(2, 133)]
    public void Hosts_that_talk_all_the_time_can_be_cut_at_any_meeting(int members, int frames)
    {
        Scenario scenario = TestScenario.Chatty(accesses: 300);
        int cuts = RunInPieces(scenario, piece => 2 + ((piece + members) % 2), piece => frames + (13 * piece), out RunReport report);
        Assert.InRange(cuts, 3, 500);
        Assert.Equal(ResultText.Of(LocalRun.Of(scenario)), ResultText.Of(report));
    }

    [Fact]
    public void Random_scenarios_of_two_hosts_can_be_cut_at_any_meeting()
    {
        int cutRuns = 0;
        Gen<string> textsOfTwoHosts = RandomScenario.Texts.Where(text => text.Contains("cpu1", StringComparison.Ordinal));
        foreach ((string text, int seed) in Gen.Select(textsOfTwoHosts, Gen.Int[0, int.MaxValue]).First(10))
        {
            string shortened = text.Replace(RandomScenario.TraceName, "sort.lackey.gz, limit: 2000", StringComparison.Ordinal);
            Scenario scenario = ScenarioLoader.Parse(shortened, "random", Path.Combine(Repository.Root, "scenarios", "traces"));
            Random random = new(seed);
            cutRuns += RunInPieces(scenario, piece => piece < 4 ? 2 : 1, _ => random.Next(1, 400), out RunReport report) > 0 ? 1 : 0;
            Assert.Equal(ResultText.Of(LocalRun.Of(scenario)), ResultText.Of(report));
        }

        Assert.True(cutRuns > 1);
    }

    private static int RunInPieces(Scenario scenario, Func<int, int> members, Func<int, int> cutAfter, out RunReport report)
    {
        RunCut? from = null;
        for (int piece = 0; ; piece++)
        {
            (RunReport? whole, from) = ThreadMembers.RunPiece(
                scenario, members(piece), 1 + (piece % 2), Placements[piece % 2], from: from, cutAfter: cutAfter(piece));
            if (from is null)
            {
                report = whole!;
                return piece;
            }

            using MemoryStream file = new();
            PartFile.Write(file, from);
            from = PartFile.Read(file.ToArray(), "part");
        }
    }
}
