using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// The timed messages from one lane to another, in two buffers that change places at each exchange: the sender fills one while
/// the receiver empties the other. It allocates only to grow.
/// </summary>
internal sealed class LaneOutbox
{
    private readonly Buffer[] _buffers = [new Buffer(), new Buffer()];

    /// <summary>Adds a message for the exchange of a round. The sending lane's thread.</summary>
    public void Add(long round, TimedMessage message, in PendingEvent pending)
    {
        Buffer buffer = _buffers[round & 1];
        if (buffer.Count == buffer.Items.Length)
        {
            Array.Resize(ref buffer.Items, buffer.Count * 2);
        }

        buffer.Items[buffer.Count++] = (message, pending);
    }

    /// <summary>Moves the messages of a round into the receiver's heap. The receiving lane's thread, after both have voted.</summary>
    public void Drain(long round, EventHeap events)
    {
        Buffer buffer = _buffers[round & 1];
        foreach (ref (TimedMessage Message, PendingEvent Pending) item in buffer.Items.AsSpan(0, buffer.Count))
        {
            events.Push(item.Message.ActsAt.Picoseconds, item.Message, item.Pending);
            item = (null!, default);
        }

        buffer.Count = 0;
    }

    private sealed class Buffer
    {
        public (TimedMessage Message, PendingEvent Pending)[] Items = new (TimedMessage, PendingEvent)[256];
        public int Count;
    }
}
