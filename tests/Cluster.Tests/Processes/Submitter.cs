using System.Collections.Concurrent;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Coordination;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>Submits runs to member processes from the test process; no wait is longer than a bound.</summary>
internal sealed class Submitter : IAsyncDisposable, IProgress<RunProgress>
{
    private static readonly TimeSpan RunTimeout = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan MembersTimeout = TimeSpan.FromSeconds(90);

    private readonly ClusterNode _node;
    private readonly ClusterSimulator _simulator;
    private readonly TaskCompletionSource _progressed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Submitter(ClusterNode node)
    {
        _node = node;
        _simulator = new ClusterSimulator(node, new RunSettings(), TakeNote);
    }

    /// <summary>Told of each note; from any thread.</summary>
    public Action<string> Noted { get; set; } = _ => { };

    /// <summary>What the submitter was told about the cluster.</summary>
    public ConcurrentQueue<string> Notes { get; } = new();

    /// <summary>Ends when a run has made some steps.</summary>
    public Task FirstProgress => _progressed.Task;

    /// <summary>Joins and waits for so many members.</summary>
    public static async Task<Submitter> JoinAsync(SeedAddress seed, int members)
    {
        ClusterNode node = await ClusterNode.JoinAsync(
            new ClusterNodeOptions { Seeds = [seed], Role = ClusterNodeOptions.SubmitterRole }, null, CancellationToken.None);
        Submitter submitter = new(node);
        await submitter._simulator.WaitForMembersAsync(members, MembersTimeout, CancellationToken.None);
        return submitter;
    }

    /// <summary>Waits until it sees exactly so many members.</summary>
    public async Task WaitForMembersAsync(int members)
    {
        await _simulator.WaitForMembersAsync(members, MembersTimeout, CancellationToken.None);
        using CancellationTokenSource late = new(MembersTimeout);
        while (MemberBoard.Available(_node.System).Length > members)
        {
            await Task.Delay(20, late.Token);
        }
    }

    /// <summary>Runs a scenario.</summary>
    public async Task<RunReport> RunAsync(Scenario scenario, int lanes = 1, CheckpointSettings? checkpoints = null, CancellationToken cancellation = default)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(RunTimeout);
        return await Task.Run(
            () => _simulator.Run(scenario, new RunOptions { Lanes = lanes, Checkpoints = checkpoints }, this, late.Token),
            CancellationToken.None);
    }

    /// <summary>Runs scenarios, each whole on one member; the reports in the order of the scenarios.</summary>
    public async Task<RunReport[]> SweepAsync(IReadOnlyList<Scenario> scenarios, Action<int>? finished = null)
    {
        using CancellationTokenSource late = new(RunTimeout);
        var reports = new RunReport?[scenarios.Count];
        await _simulator.SweepAsync(
            [.. scenarios.Select(scenario => (Func<Scenario>)(() => scenario))],
            new RunOptions(),
            (number, report) =>
            {
                Assert.Null(reports[number]);
                reports[number] = report;
                finished?.Invoke(number);
            },
            late.Token);
        return reports!;
    }

    /// <summary>Says that a member has ended, as a program does that has started it; the others need not wait for its silence then.</summary>
    public void Remove(SeedAddress member) => _node.Remove(member);

    private void TakeNote(string note)
    {
        Notes.Enqueue(note);
        Noted(note);
    }

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        if (value.Steps > 0)
        {
            _progressed.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
