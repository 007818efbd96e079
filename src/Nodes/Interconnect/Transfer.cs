using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Interconnect;

/// <summary>
/// A copy on its way over several links, at the node before the next link. It acts when its first byte arrives there (the
/// links are cut-through: a node passes bytes on before it has all of them).
/// </summary>
/// <param name="payload">The message that arrives with the last byte.</param>
/// <param name="route">The whole route.</param>
/// <param name="hop">Position in the route of the link it takes next.</param>
/// <param name="bytes">Bytes under way.</param>
/// <param name="tail">When the last byte arrives at this node.</param>
public sealed class Transfer(Message payload, Route route, int hop, long bytes, VirtualTime tail) : TimedMessage
{
    /// <summary>The message that arrives with the last byte.</summary>
    public Message Payload { get; } = payload;

    /// <summary>The whole route.</summary>
    public Route Route { get; } = route;

    /// <summary>Position in the route of the link it takes next.</summary>
    public int Hop { get; } = hop;

    /// <summary>Bytes under way.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>When the last byte arrives at this node.</summary>
    public VirtualTime Tail { get; } = tail;
}
