using Akka.Actor;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Actors;

/// <summary>
/// The Akka actor of one CPU memory, device memory or switch: takes messages in virtual-time order from its lane, lets its node
/// handle them, and keeps the lane informed of the processor's next access.
/// </summary>
internal sealed class NodeActor : UntypedActor
{
    private readonly Node _node;
    private readonly AdvanceMessage _advance;

    /// <summary>The actor of a node.</summary>
    public NodeActor(Node node)
    {
        _node = node;
        _advance = new AdvanceMessage(Context, (uint)node.Index);
        ScheduleNextAccess();
    }

    /// <summary>How to create the actor of a node.</summary>
    public static Props Of(Node node) => Props.Create(() => new NodeActor(node));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AdvanceMessage advance:
                _node.Advance(advance.Until);
                break;
            case TimedMessage timed:
                _node.Handle(timed);
                break;
            default:
                Unhandled(message);
                return;
        }

        ScheduleNextAccess();
    }

    private void ScheduleNextAccess()
    {
        VirtualTime next = _node.NextAccess;
        if (next == VirtualTime.Never)
        {
            _advance.Cancel();
        }
        else
        {
            _advance.Schedule(next);
        }
    }
}
