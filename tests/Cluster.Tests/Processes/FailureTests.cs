using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>Whatever happens to a member, the run ends: with the same result on the others, or with a reason; never with a wait without end.</summary>
public sealed class FailureTests
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(60);

    private static readonly Scenario Chatty = TestScenario.Chatty(accesses: 1500);

    [Theory]
    [InlineData("KILL", 0)]
    [InlineData("KILL", 2)]
    [InlineData("TERM", 1)]
    public async Task A_member_that_ends_during_a_run_is_replaced_and_the_result_is_the_same(string signal, int victim)
    {
        List<MemberProcess> members = await MemberProcess.StartClusterAsync(3);
        try
        {
            await using Submitter submitter = await Submitter.JoinAsync(members[0].Address, 3);
            Task<RunReport> run = submitter.RunAsync(Chatty);
            await Task.WhenAny(submitter.FirstProgress, run);
            Assert.False(run.IsCompleted, "the run was over before the member could be stopped");
            members[victim].Signal(signal);
            RunReport report = await run;
            Assert.Equal(LocalRun.Of(Chatty).Totals.TraceHash, report.Totals.TraceHash);
            Assert.True(report.Passed);
            Assert.Equal(2, report.Performance.Members);
            Assert.Contains(
                submitter.Notes,
                note => note.Contains(members[victim].Address.ToString(), StringComparison.Ordinal)
                    && note.EndsWith("begins again", StringComparison.Ordinal));
            int code = await members[victim].EndAsync(EndTimeout);
            Assert.Equal(signal == "TERM" ? 0 : 137, code);
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }
    }

    [Fact]
    public async Task A_member_that_freezes_for_ten_seconds_does_not_change_the_result()
    {
        List<MemberProcess> members = await MemberProcess.StartClusterAsync(3);
        try
        {
            await using Submitter submitter = await Submitter.JoinAsync(members[0].Address, 3);
            Task<RunReport> run = submitter.RunAsync(Chatty);
            await Task.WhenAny(submitter.FirstProgress, run);
            Assert.False(run.IsCompleted, "the run was over before the member could be stopped");
            members[1].Signal("STOP");
            await Task.Delay(TimeSpan.FromSeconds(10));
            members[1].Signal("CONT");
            RunReport report = await run;
            Assert.Equal(LocalRun.Of(Chatty).Totals.TraceHash, report.Totals.TraceHash);
            Assert.True(report.Passed);
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }
    }

    [Fact]
    public async Task Runs_of_a_sweep_whose_member_is_killed_are_done_elsewhere()
    {
        List<MemberProcess> members = await MemberProcess.StartClusterAsync(3);
        try
        {
            await using Submitter submitter = await Submitter.JoinAsync(members[0].Address, 3);
            Scenario[] scenarios = [.. Enumerable.Range(1, 12).Select(seed => TestScenario.Chatty(accesses: 2000) with { Seed = (ulong)seed })];
            RunReport[] reports = await submitter.SweepAsync(scenarios, number =>
            {
                if (number == 2)
                {
                    members[2].Signal("KILL");
                }
            });
            Assert.All(reports, report => Assert.True(report.Passed));
            Assert.Equal(LocalRun.Of(scenarios[11]).Totals.TraceHash, reports[11].Totals.TraceHash);
            Assert.Contains(submitter.Notes, note => note.EndsWith("another member takes it", StringComparison.Ordinal));
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }
    }

    [Fact]
    public async Task Members_give_up_the_run_of_a_submitter_that_is_gone()
    {
        List<MemberProcess> members = await MemberProcess.StartClusterAsync(2);
        try
        {
            Submitter first = await Submitter.JoinAsync(members[0].Address, 2);
            Task<RunReport> run = first.RunAsync(Chatty);
            await Task.WhenAny(first.FirstProgress, run);
            await first.DisposeAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => run);
            await using Submitter second = await Submitter.JoinAsync(members[0].Address, 2);
            RunReport report = await second.RunAsync(LocalRun.Shipped("quickstart.yaml"));
            Assert.Equal(LocalRun.OfShipped("quickstart.yaml").Totals.TraceHash, report.Totals.TraceHash);
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }
    }
}
