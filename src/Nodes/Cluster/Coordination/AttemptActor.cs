using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Google.Protobuf;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Members;
using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Protocol.Time;
using AkkaCluster = Akka.Cluster.Cluster;
using RunProgress = HmmSim.Nodes.Scenarios.RunProgress;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>
/// One attempt at a run on a fixed set of members, seen from the submitter: prepare all, begin, collect the reports. Whatever goes
/// wrong, it stops the members that still live, waits for them, and tells its parent. Every wait is bounded.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001", Justification = "An actor ends in PostStop.")]
internal sealed partial class AttemptActor : ReceiveActor, IWithTimers
{
    private const int FileBytes = 48 << 10;
    private static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(3);

    private readonly RunJob _job;
    private readonly RunSettings _settings;
    private readonly RunIdentity _identity;
    private readonly ImmutableArray<Address> _members;
    private readonly IProgress<RunProgress> _progress;
    private readonly IActorRef[] _workers;
    private readonly string?[] _exchanges;
    private readonly RunProgressed?[] _progressed;
    private readonly MemoryStream?[] _parts;
    private readonly MemberReport?[] _reports;
    private readonly HashSet<int> _open;
    private readonly HashSet<int> _lost = [];
    private AttemptOutcome _outcome = AttemptOutcome.Finished;
    private string _reason = "";
    private bool _begun;
    private bool _ended;
    private bool _isAlone;

    /// <summary>An attempt.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="settings">How.</param>
    /// <param name="identity">Which attempt it is.</param>
    /// <param name="members">Who takes part.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="checkpoints">The checkpoints of the run; null for none.</param>
    /// <param name="from">The checkpoint to go on from; null to begin at time zero.</param>
    public AttemptActor(
        RunJob job,
        RunSettings settings,
        RunIdentity identity,
        ImmutableArray<Address> members,
        IProgress<RunProgress> progress,
        RunCheckpoints? checkpoints,
        SavedCheckpoint? from)
    {
        _checkpoints = checkpoints;
        _from = from;
        _job = job;
        _settings = settings;
        _identity = identity;
        _members = members;
        _progress = progress;
        _workers = new IActorRef[members.Length];
        _exchanges = new string?[members.Length];
        _progressed = new RunProgressed?[members.Length];
        _parts = new MemoryStream?[members.Length];
        _reports = new MemberReport?[members.Length];
        _open = [.. Enumerable.Range(0, members.Length)];
        Receive<NeedFile>(SendFile, need => IsOurs(need.Run, need.Attempt));
        Receive<RunReady>(Ready, ready => IsOurs(ready.Run, ready.Attempt));
        Receive<RunProgressed>(Progressed, progressed => IsOurs(progressed.Run, progressed.Attempt));
        Receive<ReportPart>(Collect, part => IsOurs(part.Run, part.Attempt));
        Receive<RunEnded>(MemberEnded, ended => IsOurs(ended.Run, ended.Attempt));
        ReceiveCheckpoints();
        Receive<StopAttempt>(_ => GiveUp(AttemptOutcome.Stopped, "stopped"));
        Receive<Overdue>(_ => RepliesOverdue());
        Receive<Repeat>(_ => RepeatOrders());
        Receive<ClusterEvent.ClusterShuttingDown>(_ => _isAlone = true);
        Receive<ClusterEvent.MemberLeft>(change => MemberGone(change.Member, "leaves the cluster"));
        Receive<ClusterEvent.MemberDowned>(change => MemberGone(change.Member, "was removed from the cluster: it could not be reached"));
        Receive<ClusterEvent.MemberRemoved>(change => MemberGone(change.Member, "is no longer in the cluster"));
        Receive<ClusterEvent.IMemberEvent>(_ => { });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        AkkaCluster.Get(Context.System).Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.ClusterShuttingDown));
        Await();
        Prepare();
        Timers.StartPeriodicTimer(nameof(Repeat), new Repeat(), RepeatInterval);
    }

    private void Prepare()
    {
        foreach (int member in _open.Where(member => _exchanges[member] is null))
        {
            PrepareRun order = new()
            {
                Run = _identity.Run,
                Attempt = _identity.Attempt,
                Scenario = _job.Text,
                Members = _members.Length,
                Self = member,
                Placement = _settings.Placement.Name,
                Lanes = _settings.LanesPerMember,
                StallSeconds = _settings.StallTimeout.TotalSeconds,
            };
            order.Files.Add(_job.Files);
            order.Parts.Add(PartsFor(member));
            Context.ActorSelection($"{_members[member]}/user/{WorkerActor.Name}").Tell(order, Self);
        }
    }

    private bool IsOurs(string run, int attempt) => _identity == new RunIdentity(run, attempt);

    private void Await() => Timers.StartSingleTimer(nameof(Overdue), new Overdue(), _settings.ReplyTimeout);

    private void SendFile(NeedFile need)
    {
        try
        {
            byte[] piece = ReadFile(need);
            Sender.Tell(new FilePart
            {
                Run = need.Run,
                Attempt = need.Attempt,
                Digest = need.Digest,
                Offset = need.Offset,
                Content = ByteString.CopyFrom(piece),
            });
            Await();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or KeyNotFoundException or CheckpointException)
        {
            GiveUp(AttemptOutcome.Input, exception.Message);
        }
    }

    private void Ready(RunReady ready)
    {
        _workers[ready.Self] = Sender;
        _exchanges[ready.Self] = ready.Exchange;
        if (_outcome != AttemptOutcome.Finished)
        {
            Abort(ready.Self);
        }
        else if (_exchanges.All(exchange => exchange is not null))
        {
            Timers.Cancel(nameof(Overdue));
            _begun = true;
            foreach (IActorRef worker in _workers)
            {
                BeginRun order = new() { Run = _identity.Run, Attempt = _identity.Attempt };
                order.Exchanges.Add(_exchanges);
                worker.Tell(order, Self);
            }

            StartCheckpoints();
        }
    }

    private void Progressed(RunProgressed progressed)
    {
        _progressed[progressed.Self] = progressed;
        RunProgressed[] known = [.. _progressed.OfType<RunProgressed>()];
        _progress.Report(new RunProgress(
            new VirtualTime(known.Min(each => each.HorizonPicoseconds)), known.Sum(each => each.Steps), known.Sum(each => each.Accesses)));
    }

    private void Collect(ReportPart part)
    {
        MemoryStream parts = _parts[part.Self] ??= new MemoryStream();
        part.Content.WriteTo(parts);
        if (part.Last)
        {
            _reports[part.Self] = MemberReport.Parser.ParseFrom(parts.ToArray());
        }
    }

    private void MemberEnded(RunEnded ended)
    {
        _open.Remove(ended.Self);
        string address = _members[ended.Self].HostPort();
        switch (ended.Outcome)
        {
            case RunEnded.Types.Outcome.Finished when _reports[ended.Self] is not null:
                break;
            case RunEnded.Types.Outcome.Input:
                GiveUp(AttemptOutcome.Input, ended.Reason);
                break;
            case RunEnded.Types.Outcome.Error:
                GiveUp(AttemptOutcome.Error, $"on {address}: {ended.Reason}");
                break;
            case RunEnded.Types.Outcome.Busy:
                GiveUp(AttemptOutcome.Error, $"{address} is busy: {ended.Reason}");
                break;
            default:
                // A member that gives up by itself does so because it, or another one, is on its way out. Who it is will show.
                GiveUp(AttemptOutcome.MemberLost, ended.Reason.Length > 0 ? ended.Reason : $"{address} stopped");
                break;
        }

        EndIfComplete();
    }

    private void MemberGone(Member member, string what)
    {
        // When this process itself is removed, all others seem to go; it ends, and says why, elsewhere.
        int index = _isAlone ? -1 : _members.IndexOf(member.Address);
        if (index >= 0 && _lost.Add(index))
        {
            bool mattered = _open.Remove(index);
            if (mattered || _outcome == AttemptOutcome.MemberLost)
            {
                GiveUp(AttemptOutcome.MemberLost, $"{member.Address.HostPort()} {what}");
            }

            EndIfComplete();
        }
    }

    /// <summary>Stops the others and waits for them. The first reason is the one that is told; only a loss can be outdone, by an error.</summary>
    private void GiveUp(AttemptOutcome outcome, string reason)
    {
        bool first = _outcome == AttemptOutcome.Finished;
        if (first || (_outcome == AttemptOutcome.MemberLost && outcome != AttemptOutcome.MemberLost))
        {
            (_outcome, _reason) = (outcome, reason);
        }

        if (first)
        {
            Await();
            foreach (int member in _open)
            {
                Abort(member);
            }
        }

        EndIfComplete();
    }

    private void Abort(int member)
    {
        AbortRun order = new() { Run = _identity.Run, Attempt = _identity.Attempt };
        Context.ActorSelection($"{_members[member]}/user/{WorkerActor.Name}").Tell(order, Self);
    }

    /// <summary>Messages can be lost while connections come and go; members ignore what they know already.</summary>
    private void RepeatOrders()
    {
        if (_outcome != AttemptOutcome.Finished)
        {
            foreach (int member in _open)
            {
                Abort(member);
            }
        }
        else if (!_begun)
        {
            Prepare();
        }
        else
        {
            RepeatCheckpointOrders();
        }
    }

    private void RepliesOverdue()
    {
        bool preparing = !_begun && _outcome == AttemptOutcome.Finished;
        int[] silent = [.. preparing ? _open.Where(member => _exchanges[member] is null) : _open];
        _lost.UnionWith(silent);
        _open.ExceptWith(silent);
        string who = string.Join(", ", silent.Select(member => _members[member].HostPort()));
        GiveUp(AttemptOutcome.MemberLost, $"{who} did not answer within {_settings.ReplyTimeout.TotalSeconds:0} s");
        EndIfComplete();
    }

    private void EndIfComplete()
    {
        if (_open.Count > 0 || _ended)
        {
            return;
        }

        _ended = true;
        bool finished = _outcome == AttemptOutcome.Finished;
        Context.Parent.Tell(new AttemptEnded(
            _outcome, _reason, finished ? [.. _reports.OfType<MemberReport>()] : [], [.. _lost.Select(member => _members[member])]));
        Context.Stop(Self);
    }

    private sealed record Overdue : INoSerializationVerificationNeeded;

    private sealed record Repeat : INoSerializationVerificationNeeded;
}
