using System.Diagnostics;
using Akka.Actor;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

// A run over several members: where the lanes of this process meet those of the others.
public sealed partial class LaneRuntime
{
    private const int WindowsBetweenLooks = 32;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    private readonly LaneBallot _meetings = new();
    private readonly long[] _arrivals;
    private ActorCell[] _nodes = [];
    private long _meeting = 1;
    private MemberAgreement _agreement;
    private long _metAt = Stopwatch.GetTimestamp();
    private int _windowsToLook;
    private Exception? _exchangeFailure;

    private IWindowExchange? Exchange => Settings.Exchange;

    /// <summary>Says which actor is which node, so that messages of other members find it; before the first run.</summary>
    /// <param name="actors">By node; null for nodes of other members.</param>
    internal void ConnectNodes(IReadOnlyList<IActorRef?> actors) =>
        _nodes = [.. actors.Select(actor => (ActorCell)((actor as ActorRefWithCell)?.Underlying)!)];

    /// <summary>Sends a timed message to a node of another member. An actor of a lane, while it handles a message.</summary>
    internal static void SendToMember(int member, int node, TimedMessage message) =>
        (Lane.Current ?? throw new InvalidOperationException("only an actor of a lane sends to other members")).SendToMember(member, node, message);

    /// <summary>Whether the lanes of this process have nothing left to do before they must hear from the other members.</summary>
    private bool MustMeet(in WindowVote vote, long horizon, RunLimits limits) =>
        Exchange is not null && (vote.Stop || vote.Meet || vote.Cut || vote.EarliestPicoseconds >= Math.Min(horizon, limits.Until.Picoseconds));

    /// <summary>
    /// Whether the others have not heard of us for so long that they could take us for lost, or wait for a word to stop. When members
    /// meet has no influence on what they compute. The leading thread.
    /// </summary>
    private bool IsMeetingOverdue()
    {
        if (Exchange is null || --_windowsToLook > 0)
        {
            return false;
        }

        _windowsToLook = WindowsBetweenLooks;
        return Stopwatch.GetElapsedTime(_metAt) > LongestSilence;
    }

    /// <summary>Waits until every other lane's thread has taken in what was sent to it: until then its events are not to be looked at.</summary>
    private void AwaitOtherLanes(long meeting)
    {
        SpinWait wait = default;
        for (int lane = 1; lane < _arrivals.Length; lane++)
        {
            while (Volatile.Read(ref _arrivals[lane]) <= meeting)
            {
                wait.SpinOnce();
            }
        }
    }

    /// <summary>Meets the other members; every lane's thread comes here with the same vote, the first lane's does it.</summary>
    /// <remarks>A thread keeps what it is told here: the field is written again while a slower thread still decides by the last one.</remarks>
    private MemberAgreement Meet(Lane[] group, in WindowVote vote, long meeting)
    {
        if (group[0].Index > 0)
        {
            Volatile.Write(ref _arrivals[group[0].Index], meeting + 1);
            _meetings.Await(meeting, MaySpin);
            return _agreement;
        }

        if (group.Length < _lanes.Length)
        {
            AwaitOtherLanes(meeting);
        }

        try
        {
            MemberOutbox[][] sent = [.. _lanes.Select(lane => lane.MemberOutboxes)];
            Exchange!.Exposure.Refresh();
            long exposed = _lanes.Min(lane => lane.EarliestExposed(Exchange.Exposure));
            _agreement = Exchange.Meet(vote, exposed, sent, Deliver);
        }
        catch (Exception exception)
        {
            // The other lanes wait for us, whatever it is: end the run in the ordinary way first.
            _exchangeFailure = exception;
            _agreement = new MemberAgreement(vote with { Stop = true }, 0);
        }

        _metAt = Stopwatch.GetTimestamp();
        _meeting = meeting + 1;
        _meetings.Publish(meeting, _agreement.All);
        return _agreement;
    }

    private void Deliver(int node, TimedMessage message)
    {
        ActorCell target = _nodes[node] ?? throw new InvalidOperationException($"node {node} is not on this member");
        ((LaneDispatcher)target.Dispatcher).Lane.ReceiveFromMember(target, message);
    }
}
