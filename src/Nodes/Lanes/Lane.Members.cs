using Akka.Actor;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

// Timed messages between the members of a distributed run.
internal sealed partial class Lane
{
    private MemberOutbox[] _memberOutboxes = [];

    /// <summary>The events that are pending. Between two runs.</summary>
    internal IEnumerable<PendingEvent> Pending() => _events.Pending();

    /// <summary>What this lane has sent to the other members, by member. The leading thread, while the lanes wait for it.</summary>
    internal MemberOutbox[] MemberOutboxes => _memberOutboxes;

    /// <summary>Prepares the exchange with the other members.</summary>
    internal void ConnectMembers(int members) => _memberOutboxes = [.. Enumerable.Range(0, members).Select(_ => new MemberOutbox())];

    /// <summary>Sends a timed message to a node of another member. The lane's own thread.</summary>
    internal void SendToMember(int member, int node, TimedMessage message) => _memberOutboxes[member].Add(node, message);

    /// <summary>Time of the earliest event or advance that can reach another member. The leading thread, while the lanes wait for it.</summary>
    internal long EarliestExposed(IExposure exposure) => Math.Min(_events.EarliestOf(exposure.IsExposed), _advances.EarliestOf(exposure.IsExposed));

    /// <summary>Takes in a timed message of another member. The leading thread, while the lanes wait for it.</summary>
    internal void ReceiveFromMember(ActorCell target, TimedMessage message)
    {
        long time = message.ActsAt.Picoseconds;
        if (time < _windowEnd)
        {
            Fail(target.Self, new CausalityException(
                $"{message.GetType().Name} from node {message.Source} of another member to {target.Self.Path.ToStringWithoutAddress()} "
                + $"acts at {message.ActsAt}, but everything before {new VirtualTime(_windowEnd)} is done; "
                + "the latency between the members' hosts was promised and not kept"));
            return;
        }

        _events.Push(time, message, new PendingEvent(target, new Envelope(message, ActorRefs.NoSender)));
    }
}
