using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Cluster.Members;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>
/// A run from the submitter's side: attempts, until one finishes. If a member is lost, the hosts are placed on the members that
/// are left and the run goes on from the last complete checkpoint, or from time zero, which is a consistent cut like any other; so it
/// ends with the same result.
/// </summary>
internal sealed class RunActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(500);

    private readonly RunJob _job;
    private readonly RunSettings _settings;
    private readonly IProgress<RunProgress> _progress;
    private readonly Action<string> _note;
    private readonly TaskCompletionSource<RunReport> _result;
    private readonly string _run = Guid.NewGuid().ToString("n");
    private readonly RunCheckpoints? _checkpoints;
    private IActorRef _attempt = ActorRefs.Nobody;
    private ImmutableHashSet<Address> _excluded = [];
    private int _attempts;
    private string _reason = "";

    /// <summary>A run.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="settings">How.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="note">Told in words what happens to the cluster.</param>
    /// <param name="result">Takes the report, or a <see cref="ClusterException"/>.</param>
    public RunActor(RunJob job, RunSettings settings, IProgress<RunProgress> progress, Action<string> note, TaskCompletionSource<RunReport> result)
    {
        _job = job;
        _settings = settings;
        _progress = progress;
        _note = note;
        _result = result;
        _checkpoints = settings.Checkpoints is { } checkpoints ? new RunCheckpoints(job.Scenario, checkpoints) : null;
        Receive<CheckpointTaken>(Keep);
        Receive<AttemptEnded>(AttemptEnds);
        Receive<StopAttempt>(_ => Stop());
        Receive<Again>(_ => Begin());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Begin();

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(exception =>
    {
        // An attempt that throws is a bug: it ends the run, it is not begun again.
        Fail(exception);
        return Directive.Stop;
    });

    private void Begin()
    {
        ImmutableArray<Address> members = [.. MemberBoard.Available(Context.System).Except(_excluded).Take(_job.Scenario.Hosts.Length)];
        if (members.IsEmpty)
        {
            string none = "no member of the cluster is left to run on";
            Fail(new ClusterException(_reason.Length > 0 ? $"{none}: {_reason}" : $"{none}; start one with 'hmmsim node'"));
            return;
        }

        _attempts++;
        _note(string.Create(
            CultureInfo.InvariantCulture,
            $"{_job.Scenario.Hosts.Length} host(s) on {members.Length} member(s): {string.Join(", ", members.Select(member => member.HostPort()))}"));
        SavedCheckpoint? from = _checkpoints?.Latest(_note);
        if (from is not null)
        {
            _note($"goes on from {LocalCheckpoints.Describe(from.Manifest)}");
        }

        RunIdentity identity = new(_run, _attempts);
        _attempt = Context.ActorOf(Props.Create(() => new AttemptActor(_job, _settings, identity, members, _progress, _checkpoints, from)));
    }

    private void Keep(CheckpointTaken taken)
    {
        _checkpoints!.Add(taken.Checkpoint);
        _checkpoints.Settings.Note(LocalCheckpoints.Describe(taken.Checkpoint.Manifest));
    }

    private void AttemptEnds(AttemptEnded ended)
    {
        _attempt = ActorRefs.Nobody;
        _reason = ended.Reason;
        switch (ended.Outcome)
        {
            case AttemptOutcome.Finished:
                _note(string.Create(CultureInfo.InvariantCulture, $"done in {ended.Reports.Max(report => report.Meetings):N0} meetings of the members"));
                _result.TrySetResult(ReportMerger.Merge(_job.Scenario, ended.Reports, _settings.LanesPerMember));
                Context.Stop(Self);
                break;
            case AttemptOutcome.MemberLost when _attempts < _settings.AttemptsAtMost:
                _excluded = _excluded.Union(ended.Lost);
                _note($"{ended.Reason}; its hosts go to the others, and the run "
                    + (_checkpoints is { HasAny: true } ? "goes back to its last checkpoint" : "begins again"));
                Timers.StartSingleTimer(nameof(Again), new Again(), Settle);
                break;
            case AttemptOutcome.MemberLost:
                Fail(new ClusterException(string.Create(
                    CultureInfo.InvariantCulture, $"the run was begun {_attempts} times, and each time a member was lost; the last time: {ended.Reason}")));
                break;
            case AttemptOutcome.Input:
                Fail(new ClusterException(ended.Reason, isInput: true));
                break;
            case AttemptOutcome.Error:
                Fail(new ClusterException($"the run failed {ended.Reason}"));
                break;
            case AttemptOutcome.Stopped:
                Fail(new OperationCanceledException());
                break;
        }
    }

    private void Stop()
    {
        if (_attempt.IsNobody())
        {
            Fail(new OperationCanceledException());
        }
        else
        {
            _attempt.Tell(new StopAttempt());
        }
    }

    private void Fail(Exception exception)
    {
        _result.TrySetException(exception);
        Context.Stop(Self);
    }

    private sealed record Again : INoSerializationVerificationNeeded;
}
