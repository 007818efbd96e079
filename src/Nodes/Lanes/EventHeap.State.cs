using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

// What a checkpoint, and a chooser of events, ask of a heap.
public sealed partial class EventHeap
{
    /// <summary>All pending events, in no order.</summary>
    public IEnumerable<PendingEvent> Pending()
    {
        CloseHole();
        for (int index = 0; index < _count; index++)
        {
            yield return _slots[_nodes[index].Slot];
        }
    }

    /// <summary>Takes out one event, whenever it is due; for systems whose order of events somebody else chooses.</summary>
    /// <exception cref="ArgumentException">The message is not pending.</exception>
    public PendingEvent Take(TimedMessage message)
    {
        PendingEvent[] pending = [.. Pending()];
        PendingEvent taken = Array.Find(pending, each => ReferenceEquals(each.Envelope.Message, message));
        if (taken.Target is null)
        {
            throw new ArgumentException($"{message} is not pending", nameof(message));
        }

        while (TryPop(long.MaxValue, out _, out _))
        {
        }

        foreach (PendingEvent kept in pending.Where(each => !ReferenceEquals(each.Envelope.Message, message)))
        {
            TimedMessage stamped = (TimedMessage)kept.Envelope.Message;
            Push(stamped.ActsAt.Picoseconds, stamped, kept);
        }

        return taken;
    }
}
