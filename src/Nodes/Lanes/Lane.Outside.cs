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
                $"{message.GetType().Name} comes from outside the lanes while they run, so its order would depend on the wall clock; send it between two runs"));
        }
    }

    /// <summary>
    /// Ends a window: tells the others how far this lane is, waits for them, and takes in what they have sent. There is no
    /// coordinator; every lane computes the next window from the same votes.
    /// </summary>
    internal WindowVote Agree(bool stop)
    {
        long earliest = Math.Min(EarliestPicoseconds, _earliestSent);
        var vote = new WindowVote(earliest, _steps, _advancesDone, stop);
        ReadOnlySpan<Lane> lanes = _runtime.Lanes;
        if (lanes.Length == 1)
        {
            return vote;
        }

        long round = _round;
        _ballot.Publish(round, vote);
        _earliestSent = long.MaxValue;
        foreach (Lane other in lanes)
        {
            if (other != this)
            {
                vote = vote.Merge(other._ballot.Await(round, _runtime.MaySpin));
                other._outboxes[Index].Drain(round, _events);
            }
        }

        _round = round + 1;
        return vote;
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
