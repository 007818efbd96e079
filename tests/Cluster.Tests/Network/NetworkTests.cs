using HmmSim.Cluster.Tests.Processes;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests.Network;

/// <summary>
/// Whatever the network does, a run ends: with the result of one process, or with a reason; never with a wait without end. Three members
/// and their submitters, each on a machine of its own.
/// </summary>
public sealed class NetworkTests : IDisposable
{
    private static readonly TimeSpan RunTimeout = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(60);
    private static readonly Scenario Chatty = TestScenario.Chatty(accesses: 16_000);

    private static readonly Scenario Short = TestScenario.Chatty(accesses: 300);

    private readonly TestNetwork _network = new(5);
    private List<MemberProcess> _members = [];

    private NetworkNode Submit => _network.Nodes[3];

    private NetworkNode OtherSubmit => _network.Nodes[4];

    private IEnumerable<SeedAddress> Cluster => _members.Select(member => member.Address);

    public void Dispose()
    {
        _members.ForEach(member => member.Dispose());
        _network.Dispose();
    }

    [NetworkFact]
    public async Task A_member_that_is_cut_off_is_removed_and_ends_and_the_others_go_back_to_the_last_checkpoint()
    {
        await StartMembersAsync();
        using RunCommand run = new(Submit, Cluster, Chatty, takesCheckpoints: true);
        await run.SaysAsync("checkpoint 1 at");
        _network.Cut(_network.Nodes[1]);
        Assert.True(run.IsRunning, "the run was over before the member could be cut off");
        (string hash, string output) = await run.FinishAsync(RunTimeout);
        Assert.Equal(LocalRun.Of(Chatty).Totals.TraceHash, hash);
        Assert.Contains("lane(s) of 2 members", output, StringComparison.Ordinal);
        run.HasSaid($"{_members[1].Address} was removed from the cluster: it could not be reached");
        run.HasSaid("goes back to its last checkpoint");
        run.HasSaid("goes on from checkpoint");
        Assert.Equal(3, await _members[1].EndAsync(EndTimeout));
        Assert.Contains("the cluster has removed this member: it could not be reached for too long", _members[1].Errors, StringComparison.Ordinal);
    }

    [NetworkFact]
    public async Task A_cut_that_heals_within_seconds_costs_nothing_but_time()
    {
        await StartMembersAsync();
        using RunCommand run = new(Submit, Cluster, Chatty, takesCheckpoints: true);
        await run.SaysAsync("checkpoint 1 at");
        _network.Cut(_network.Nodes[1]);
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.True(run.IsRunning, "the run was over before the cut");
        _network.Heal(_network.Nodes[1]);
        await EndsUndisturbedAsync(run);
    }

    [NetworkFact]
    public async Task A_slow_network_costs_nothing_but_time()
    {
        await StartMembersAsync();
        foreach (NetworkNode node in _network.Nodes)
        {
            _network.SlowDown(node, kilobitsPerSecond: 1000);
        }

        using RunCommand run = new(Submit, Cluster, Chatty);
        await EndsUndisturbedAsync(run);
        Assert.All(
            _network.Nodes.Take(3),
            node => Assert.True(_network.Waits(node) > 20, $"only {_network.Waits(node)} packets to {node.Namespace} had to wait"));
    }

    [NetworkFact]
    public async Task A_submitter_that_is_cut_off_ends_with_a_reason_and_the_members_are_free_again()
    {
        await StartMembersAsync();
        using RunCommand run = new(Submit, Cluster, TestScenario.Chatty(accesses: 1_000_000), takesCheckpoints: true);
        await run.SaysAsync("checkpoint 1 at");
        _network.Cut(Submit);
        Assert.Equal(3, await run.EndAsync(EndTimeout));
        run.HasSaid("this process was removed from the cluster: the members could not reach it");
        run.HasLostNobody();
        using RunCommand other = new(OtherSubmit, Cluster, Short);
        (string hash, _) = await other.FinishAsync(RunTimeout);
        Assert.Equal(LocalRun.Of(Short).Totals.TraceHash, hash);
        Assert.All(_members, member => Assert.Empty(member.Errors));
    }

    private async Task StartMembersAsync() => _members = await MemberProcess.StartClusterAsync(_network.Nodes.Take(3));

    private async Task EndsUndisturbedAsync(RunCommand run)
    {
        (string hash, string output) = await run.FinishAsync(RunTimeout);
        Assert.Equal(LocalRun.Of(Chatty).Totals.TraceHash, hash);
        run.HasLostNobody();
        Assert.Contains("lane(s) of 3 members", output, StringComparison.Ordinal);
        Assert.All(_members, member => Assert.Empty(member.Errors));
    }
}
