using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>What can be asked of three member processes beside a run that goes well, and that it leaves them as they were.</summary>
public sealed class ClusterRunTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task A_scenario_that_runs_out_of_memory_fails_with_the_reason_and_leaves_the_members_free()
    {
        const string Text = """
            name: tight
            seed: 1
            hosts: [ { name: host0, cpu: { name: cpu0, ram: 64KiB } } ]
            buffers: [ { name: data, size: 16KiB, home: cpu0 } ]
            streams: [ { name: program, processor: cpu0, pattern: trace, file: sort.lackey.gz } ]
            """;
        Scenario tight = ScenarioLoader.Parse(Text, "tight", Path.Combine(Repository.Root, "scenarios", "traces"));
        ClusterException failure = await Assert.ThrowsAsync<ClusterException>(() => cluster.Submitter.RunAsync(tight));
        Assert.True(failure.IsInput, failure.Message);
        Assert.Contains("cpu0 is out of frames", failure.Message, StringComparison.Ordinal);
        RunReport report = await cluster.Submitter.RunAsync(LocalRun.Shipped("quickstart.yaml"));
        Assert.Equal(LocalRun.OfShipped("quickstart.yaml").Totals.TraceHash, report.Totals.TraceHash);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_stops_and_leaves_the_members_free()
    {
        using CancellationTokenSource cancel = new();
        Task<RunReport> run = cluster.Submitter.RunAsync(TestScenario.Chatty(accesses: 4000), cancellation: cancel.Token);
        await Task.WhenAny(cluster.Submitter.FirstProgress, run);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        RunReport report = await cluster.Submitter.RunAsync(LocalRun.Shipped("quickstart.yaml"));
        Assert.Equal(LocalRun.OfShipped("quickstart.yaml").Totals.TraceHash, report.Totals.TraceHash);
    }

    [Fact]
    public async Task A_sweep_gives_for_each_seed_what_a_run_gives()
    {
        Scenario scenario = TestScenario.Chatty(accesses: 200);
        RunReport[] reports = await cluster.Submitter.SweepAsync([.. Enumerable.Range(1, 7).Select(seed => scenario with { Seed = (ulong)seed })]);
        Assert.Equal(7, reports.Select(report => report.Totals.TraceHash).Distinct().Count());
        for (int seed = 1; seed <= 7; seed++)
        {
            Assert.Equal(ResultText.Of(LocalRun.Of(scenario with { Seed = (ulong)seed })), ResultText.Of(reports[seed - 1]));
        }
    }

    [Theory]
    [InlineData(ClusterProtocol.Version + 1, null)]
    [InlineData(ClusterProtocol.Version, "9.9.9+other")]
    public async Task A_process_of_another_version_is_refused_with_both_versions(int protocol, string? program)
    {
        ClusterNodeOptions options = new()
        {
            Seeds = [cluster.Members[0].Address],
            ProtocolVersion = protocol,
            ProgramVersion = program ?? ClusterProtocol.ProgramVersion,
        };
        ClusterException refusal = await Assert.ThrowsAsync<ClusterException>(() => ClusterNode.JoinAsync(options, null, CancellationToken.None));
        Assert.True(refusal.IsInput);
        Assert.Contains($"cluster protocol {ClusterProtocol.Version}, this is", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{options.ProgramVersion} with cluster protocol {protocol}", refusal.Message, StringComparison.Ordinal);
    }
}
