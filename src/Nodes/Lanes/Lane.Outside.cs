using Akka.Actor;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

// Timed messages between lanes, and from outside of them.
internal sealed partial class Lane
{
    private readonly Lock _setUp = new();
    private readonly LaneBallot _ballot = new();
    private LaneOutbox[] _outboxes = [];
    private long _round = 1; // 0 is what a ballot holds that nobody has written yet
    private long _earliestSent = long.MaxValue;
    private WindowVote _vote;

    /// <summary>Prepares the exchange with the other lanes, once all exist.</summary>
    internal void Connect(int lanes) => _outboxes = [.. Enumerable.Range(0, lanes).Select(_ => new LaneOutbox())];

    /// <summary>Takes in a timed message that comes from another lane, or between two runs from anywhere. Any thread.</summary>
    internal void SendFromOutside(ActorCell target, TimedMessage message, in Envelope envelope)
    {
        if (!_runtime.IsRunning)
        {
            lock (_setUp)
            {
                Send(target, message, envelope);
            }
        }
        else if (current is { } sender && sender._runtime == _runtime)
        {
            sender.SendToOther(this, target, message, envelope);
        }
        else
        {
            Fail(target.Self, new InvalidOperationException(
                $"{message.GetType().Name} comes from outside the lanes while they run, so its order would depend on the wall clock; "
                + "send it between two runs"));
        }
    }

    /// <summary>Ends a window: runs what is untimed, and tells the other lanes how far this one is.</summary>
    internal void Vote(bool regroup, bool meet)
    {
        bool stop = !Attend();
        long earliest = Math.Min(EarliestPicoseconds, _earliestSent);
        _earliestSent = long.MaxValue;
        _vote = new WindowVote(earliest, _steps, _advancesDone, stop, regroup, meet, Cut: Index == 0 && _runtime.CutRequested);
        if (_outboxes.Length > 1)
        {
            _ballot.Publish(_round, _vote);
        }
    }

    /// <summary>Waits for the votes of all lanes, takes in what they have sent, and returns the merged vote.</summary>
    internal WindowVote Collect()
    {
        WindowVote merged = _vote;
        if (_outboxes.Length > 1)
        {
            foreach (Lane other in _runtime.Lanes)
            {
                if (other != this)
                {
                    merged = merged.Merge(other._ballot.Await(_round, _runtime.MaySpin));
                    other._outboxes[Index].Drain(_round, _events);
                }
            }

            _round++;
        }

        return merged;
    }

    private void SendToOther(Lane lane, ActorCell target, TimedMessage message, in Envelope envelope)
    {
        long time = message.ActsAt.Picoseconds;
        if (time < _windowEnd && !MayActInsideWindow(target, message))
        {
            return;
        }

        _earliestSent = Math.Min(_earliestSent, time);
        _outboxes[lane.Index].Add(_round, message, new PendingEvent(target, envelope));
    }
}
