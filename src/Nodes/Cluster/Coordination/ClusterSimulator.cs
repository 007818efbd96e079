using Akka.Actor;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>Runs scenarios on the members of a cluster that this process has joined: one over all of them, or many, each on one.</summary>
/// <param name="node">This process in the cluster.</param>
/// <param name="settings">How runs are spread.</param>
/// <param name="note">Told in words what happens to the cluster; from any thread.</param>
public sealed class ClusterSimulator(ClusterNode node, RunSettings settings, Action<string> note) : ISimulator, ISweeper
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until so many members can be given work.</summary>
    /// <exception cref="ClusterException">They are not there in time.</exception>
    public async Task WaitForMembersAsync(int members, TimeSpan timeout, CancellationToken cancellation)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(timeout);
        try
        {
            while (MemberBoard.Available(node.System).Length < members)
            {
                await Task.Delay(Pause, late.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ClusterException(
                $"the cluster has {MemberBoard.Available(node.System).Length} member(s) that simulate after {timeout.TotalSeconds:0} s, "
                + $"expected at least {members}; start more with 'hmmsim node'");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ClusterException">The cluster has not carried it out; the message says why.</exception>
    public RunReport Run(Scenario scenario, RunOptions options, IProgress<RunProgress> progress, CancellationToken cancellation) =>
        RunAsync(scenario, options, progress, cancellation).GetAwaiter().GetResult();

    private async Task<RunReport> RunAsync(Scenario scenario, RunOptions options, IProgress<RunProgress> progress, CancellationToken cancellation)
    {
        RunJob job = new(scenario);
        RunSettings used = settings with { LanesPerMember = options.Lanes, Checkpoints = options.Checkpoints };
        TaskCompletionSource<RunReport> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef run = node.System.ActorOf(Props.Create(() => new RunActor(job, used, progress, note, result)));
        await EndOfAsync(run, result.Task, cancellation);
        return await result.Task;
    }

    /// <inheritdoc/>
    /// <exception cref="ClusterException">The cluster has not carried it out; the message says why.</exception>
    public async Task SweepAsync(
        IReadOnlyList<Func<Scenario>> scenarios, RunOptions options, Action<int, RunReport> finished, CancellationToken cancellation)
    {
        IReadOnlyList<Func<RunJob>> jobs = [.. scenarios.Select(make => (Func<RunJob>)(() => new RunJob(make())))];
        RunSettings used = settings with { LanesPerMember = options.Lanes };
        TaskCompletionSource result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef sweep = node.System.ActorOf(Props.Create(() => new SweepActor(jobs, used, finished, note, result)));
        await EndOfAsync(sweep, result.Task, cancellation);
        await result.Task;
    }

    private async Task EndOfAsync(IActorRef actor, Task result, CancellationToken cancellation)
    {
        await using CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            static state => ((IActorRef)state!).Tell(new StopAttempt(), ActorRefs.NoSender), actor);
        if (await Task.WhenAny(result, node.Terminated) != result)
        {
            throw new ClusterException(
                "this process was removed from the cluster: the members could not reach it, or it was on the smaller side of a split network");
        }
    }
}
