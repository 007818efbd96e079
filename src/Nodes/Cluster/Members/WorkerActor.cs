using Akka.Actor;
using Akka.Cluster;
using HmmSim.Nodes.Cluster.Wire;
using AkkaCluster = Akka.Cluster.Cluster;

namespace HmmSim.Nodes.Cluster.Members;

/// <summary>
/// What a member offers to submitters: it carries out one attempt at one run at a time. It gives the attempt up when the
/// submitter says so or is no longer in the cluster.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001", Justification = "An actor ends in PostStop.")]
internal sealed class WorkerActor : ReceiveActor
{
    /// <summary>Name of the actor under <c>/user</c>.</summary>
    public const string Name = "worker";

    private readonly WorkerStatus _status;
    private readonly TraceCache _traces = new();
    private MemberRun? _run;
    private MemberPart? _part;
    private IActorRef _inbox = ActorRefs.Nobody;

    /// <summary>The worker of a member.</summary>
    public WorkerActor(WorkerStatus status)
    {
        _status = status;
        Receive<PrepareRun>(Prepare);
        Receive<FilePart>(TakeFile, IsCurrent);
        Receive<BeginRun>(Begin, IsCurrent);
        Receive<CheckpointOrder>(order => _run!.RequestCut(order.Cut), order => IsCurrent(order.Run, order.Attempt));
        Receive<MemberPart>(Offer, part => IsCurrent(part.Identity.Run, part.Identity.Attempt));
        Receive<NeedPiece>(SendPiece, need => IsCurrent(need.Run, need.Attempt));
        Receive<AbortRun>(_ => Abort(), order => IsCurrent(order.Run, order.Attempt));
        Receive<RunEnded>(End);
        Receive<ClusterEvent.MemberLeft>(change => OwnerGone(change.Member));
        Receive<ClusterEvent.MemberDowned>(change => OwnerGone(change.Member));
        Receive<ClusterEvent.MemberRemoved>(change => OwnerGone(change.Member));
        Receive<ClusterEvent.IMemberEvent>(_ => { });
    }

    /// <inheritdoc/>
    protected override void PreStart() => AkkaCluster.Get(Context.System).Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _run?.Stop();
        _traces.Dispose();
    }

    private bool IsCurrent(string run, int attempt) => _run is not null && _run.Identity == new RunIdentity(run, attempt);

    private bool IsCurrent(FilePart part) => IsCurrent(part.Run, part.Attempt);

    private bool IsCurrent(BeginRun order) => IsCurrent(order.Run, order.Attempt);

    // An order can come twice: the submitter repeats it until it has an answer.
    private void Prepare(PrepareRun order)
    {
        if (IsCurrent(order.Run, order.Attempt))
        {
            if (!_run!.HasBegun)
            {
                AskForFiles();
            }

            return;
        }

        if (_run is not null)
        {
            Sender.Tell(EndOf(order, RunEnded.Types.Outcome.Busy, $"it works on another run, of {_run.Owner.Path.Address}"));
            return;
        }

        _run = new MemberRun(order, Sender, Self, _status);
        _inbox = Context.ActorOf(Props.Create(() => new AkkaTransport.InboxActor(_run.Transport)).WithDispatcher(AkkaTransport.InboxActor.Dispatcher));
        AskForFiles();
    }

    private void AskForFiles()
    {
        PrepareRun order = _run!.Order;
        TraceFileName? missing = order.Files.Concat(order.Parts).FirstOrDefault(file => !_traces.Has(file.Digest));
        if (missing is not null)
        {
            _run.Owner.Tell(new NeedFile { Run = order.Run, Attempt = order.Attempt, Digest = missing.Digest, Offset = _traces.Arrived(missing.Digest) });
            return;
        }

        _run.Owner.Tell(new RunReady
        {
            Run = order.Run,
            Attempt = order.Attempt,
            Self = order.Self,
            Exchange = Akka.Serialization.Serialization.SerializedActorPath(_inbox),
        });
    }

    private void TakeFile(FilePart part)
    {
        try
        {
            if (part.Offset == _traces.Arrived(part.Digest))
            {
                _traces.Append(part.Digest, part.Content.Span, _run!.Order.Files.Concat(_run.Order.Parts).First(file => file.Digest == part.Digest).Bytes);
            }

            AskForFiles();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
        {
            Self.Tell(EndOf(_run!.Order, RunEnded.Types.Outcome.Error, exception.Message));
        }
    }

    private void Begin(BeginRun order)
    {
        IActorRefProvider provider = ((ExtendedActorSystem)Context.System).Provider;
        _run!.Transport.Connect(order.Exchanges.Select(provider.ResolveActorRef));
        _run.Begin(_traces.Folder);
    }

    private void Offer(MemberPart part)
    {
        _part = part;
        _run!.Owner.Tell(part.Piece(_run.Order.Self, 0));
    }

    private void SendPiece(NeedPiece need)
    {
        // The submitter asks again for what it misses; perhaps the part is not ready yet.
        if (_part is not null && _part.Cut == need.Cut)
        {
            _run!.Owner.Tell(_part.Piece(_run.Order.Self, need.Offset));
        }
    }

    private void Abort()
    {
        _run!.Stop();
        if (!_run.HasBegun)
        {
            Self.Tell(EndOf(_run.Order, RunEnded.Types.Outcome.Stopped, ""));
        }
    }

    private void OwnerGone(Member member)
    {
        if (_run is not null && _run.Owner.Path.Address == member.Address)
        {
            Abort();
        }
    }

    // From the run's thread, or from ourselves where no thread was started.
    private void End(RunEnded ended)
    {
        if (!IsCurrent(ended.Run, ended.Attempt))
        {
            return;
        }

        _run!.Owner.Tell(ended);
        Context.Stop(_inbox);
        _run.Dispose();
        _run = null;
        _part = null;
    }

    private static RunEnded EndOf(PrepareRun order, RunEnded.Types.Outcome outcome, string reason) =>
        new() { Run = order.Run, Attempt = order.Attempt, Self = order.Self, Outcome = outcome, Reason = reason };
}
