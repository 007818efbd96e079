using System.Collections.Immutable;
using Akka.Actor;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Cluster.Members;
using HmmSim.Nodes.Observation;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>
/// Many independent runs, each whole on one member: a member that is free takes the next. Members may come and go; the run of a
/// lost member goes back to the head of the queue.
/// </summary>
internal sealed class SweepActor : ReceiveActor, IWithTimers
{
    private const int LossesAtMost = 5;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private readonly LinkedList<(int Number, int Attempt)> _waiting;
    private readonly IReadOnlyList<Func<RunJob>> _jobs;
    private readonly RunSettings _settings;
    private readonly Action<int, RunReport> _finished;
    private readonly Action<string> _note;
    private readonly TaskCompletionSource _result;
    private readonly string _sweep = Guid.NewGuid().ToString("n");
    private readonly Dictionary<IActorRef, Assignment> _running = [];
    private Exception? _failure;
    private DateTime _idleSince = DateTime.UtcNow;

    /// <summary>A sweep.</summary>
    /// <param name="jobs">Makes each job when its turn comes.</param>
    /// <param name="settings">How to run each.</param>
    /// <param name="finished">Takes the number of a job and its report; one call at a time.</param>
    /// <param name="note">Told in words what happens to the cluster.</param>
    /// <param name="result">Ends with the sweep.</param>
    public SweepActor(IReadOnlyList<Func<RunJob>> jobs, RunSettings settings, Action<int, RunReport> finished, Action<string> note, TaskCompletionSource result)
    {
        _jobs = jobs;
        _settings = settings;
        _finished = finished;
        _note = note;
        _result = result;
        _waiting = new(Enumerable.Range(0, jobs.Count).Select(number => (number, 1)));
        Receive<AttemptEnded>(AttemptEnds);
        Receive<StopAttempt>(_ => GiveUp(new OperationCanceledException()));
        Receive<Look>(_ => Assign());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), new Look(), TimeSpan.Zero, LookInterval);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(exception =>
    {
        // An attempt that throws is a bug: it ends the sweep, it is not begun again.
        GiveUp(exception);
        _running.Clear();
        EndIfComplete();
        return Directive.Stop;
    });

    private void Assign()
    {
        ImmutableArray<Address> free = [.. MemberBoard.Available(Context.System).Except(_running.Values.Select(assignment => assignment.Member))];
        foreach (Address member in free)
        {
            if (_waiting.First is not { } next || _failure is not null)
            {
                break;
            }

            _waiting.RemoveFirst();
            Start(next.Value.Number, next.Value.Attempt, member);
        }

        if (_running.Count > 0)
        {
            _idleSince = DateTime.UtcNow;
        }
        else if (DateTime.UtcNow - _idleSince > _settings.ReplyTimeout)
        {
            GiveUp(new ClusterException($"no member of the cluster has been free for {_settings.ReplyTimeout.TotalSeconds:0} s; start one with 'hmmsim node'"));
        }

        EndIfComplete();
    }

    private void Start(int number, int attempt, Address member)
    {
        try
        {
            RunJob job = _jobs[number]();
            RunIdentity identity = new($"{_sweep}-{number}", attempt);
            ImmutableArray<Address> members = [member];
            IActorRef actor = Context.ActorOf(Props.Create(() => new AttemptActor(job, _settings, identity, members, NoProgress.Instance, null, null)));
            _running.Add(actor, new Assignment(number, attempt, member, job));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            GiveUp(new ClusterException(exception.Message, isInput: true));
        }
    }

    private void AttemptEnds(AttemptEnded ended)
    {
        if (!_running.Remove(Sender, out Assignment? assignment))
        {
            return;
        }

        switch (ended.Outcome)
        {
            case AttemptOutcome.Finished:
                Finish(assignment, ended);
                break;
            case AttemptOutcome.MemberLost when assignment.Attempt < LossesAtMost:
                _note($"run {assignment.Number + 1}: {ended.Reason}; another member takes it");
                _waiting.AddFirst((assignment.Number, assignment.Attempt + 1));
                break;
            case AttemptOutcome.MemberLost:
                GiveUp(new ClusterException($"run {assignment.Number + 1} was lost with {LossesAtMost} members, the last time: {ended.Reason}"));
                break;
            case AttemptOutcome.Stopped:
                break;
            default:
                GiveUp(new ClusterException($"run {assignment.Number + 1}: {ended.Reason}", ended.Outcome == AttemptOutcome.Input));
                break;
        }

        Assign();
    }

    private void Finish(Assignment assignment, AttemptEnded ended)
    {
        try
        {
            _finished(assignment.Number, ReportMerger.Merge(assignment.Job.Scenario, ended.Reports, _settings.LanesPerMember));
        }
        catch (Exception exception)
        {
            // Whoever takes the report cannot: no disk, no permission.
            GiveUp(exception);
        }
    }

    private void GiveUp(Exception exception)
    {
        _failure ??= exception;
        foreach (IActorRef attempt in _running.Keys)
        {
            attempt.Tell(new StopAttempt());
        }

        EndIfComplete();
    }

    private void EndIfComplete()
    {
        if (_running.Count > 0 || (_failure is null && _waiting.Count > 0))
        {
            return;
        }

        if (_failure is null)
        {
            _result.TrySetResult();
        }
        else
        {
            _result.TrySetException(_failure);
        }

        Context.Stop(Self);
    }

    private sealed record Look : INoSerializationVerificationNeeded;

    private sealed record Assignment(int Number, int Attempt, Address Member, RunJob Job);
}
