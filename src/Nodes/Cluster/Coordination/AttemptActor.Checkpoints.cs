using Akka.Actor;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Placement;
using HmmSim.Nodes.Cluster.Wire;

namespace HmmSim.Nodes.Cluster.Coordination;

// Checkpoints of one attempt: what each member needs of the one that the attempt goes on from, and new ones now and then.
internal sealed partial class AttemptActor
{
    private readonly RunCheckpoints? _checkpoints;
    private readonly SavedCheckpoint? _from;
    private CheckpointCollector? _collector;
    private long _cutNotBefore;

    /// <inheritdoc/>
    protected override void PostStop() => _collector?.Dispose();

    private void ReceiveCheckpoints()
    {
        Receive<CheckpointDue>(_ => BeginCheckpoint());
        Receive<PartPiece>(TakePiece, piece => IsOurs(piece.Run, piece.Attempt));
    }

    private void StartCheckpoints()
    {
        if (_checkpoints is { Settings: { Store: not null } settings })
        {
            _collector = new CheckpointCollector(_checkpoints, _members.Length);
            Timers.StartPeriodicTimer(nameof(CheckpointDue), new CheckpointDue(), settings.Every);
        }
    }

    /// <summary>The parts of the checkpoint that hold nodes of a member.</summary>
    private IEnumerable<TraceFileName> PartsFor(int member)
    {
        if (_from is null)
        {
            return [];
        }

        MemberMap map = new(_job.Scenario, _settings.Placement.Place(_job.Scenario, _members.Length), _members.Length);
        return _from.Manifest.Parts.Where(part => part.Nodes.Any(node => map[node] == member))
            .Select(part => new TraceFileName { Digest = part.Digest, Bytes = part.Bytes });
    }

    private byte[] ReadFile(NeedFile need) => _from?.Manifest.Parts.FirstOrDefault(part => part.Digest == need.Digest) is { } part
        ? _from.Store.ReadPiece(_from.Manifest.Number, part.Name, need.Offset, FileBytes)
        : _job.Read(need.Digest, need.Offset, FileBytes);

    private void BeginCheckpoint()
    {
        if (_outcome == AttemptOutcome.Finished && _open.Count == _members.Length && !_collector!.IsOpen && Environment.TickCount64 >= _cutNotBefore)
        {
            Checked(_collector.Begin);
            if (_collector.IsOpen)
            {
                OrderCut();
            }
        }
    }

    private void TakePiece(PartPiece piece) => Checked(() =>
    {
        if (!_collector!.Take(piece))
        {
            return;
        }

        if (_collector.Finish() is { } checkpoint)
        {
            _cutNotBefore = _checkpoints!.Settings.NotBefore(_collector.Pause);
            Context.Parent.Tell(new CheckpointTaken(checkpoint));
        }
        else
        {
            AskForPieces(piece.Self);
        }
    });

    /// <summary>Messages can be lost; members ignore what they know already.</summary>
    private void RepeatCheckpointOrders()
    {
        if (_collector is { IsOpen: true })
        {
            OrderCut();
            AskForPieces(null);
        }
    }

    private void OrderCut() => _workers[0].Tell(new CheckpointOrder { Run = _identity.Run, Attempt = _identity.Attempt, Cut = _collector!.Cut }, Self);

    private void AskForPieces(int? only)
    {
        foreach ((int member, long offset) in _collector!.Missing.Where(missing => only is null || missing.Member == only))
        {
            _workers[member].Tell(new NeedPiece { Run = _identity.Run, Attempt = _identity.Attempt, Cut = _collector.Cut, Offset = offset }, Self);
        }
    }

    // A run does not end because its checkpoint could not be written.
    private void Checked(Action write)
    {
        try
        {
            write();
        }
        catch (CheckpointException exception)
        {
            _collector!.Abandon();
            _checkpoints!.Settings.Note($"a checkpoint was not written, the run goes on: {exception.Message}");
        }
    }

    private sealed record CheckpointDue : INoSerializationVerificationNeeded;
}
