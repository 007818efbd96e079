using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Actors;

/// <summary>Tells a node that a stream has ended for which one of its own streams waits.</summary>
/// <param name="stream">The stream's position in the scenario.</param>
/// <param name="endedAt">When it ended; the message acts later, by the time a message takes.</param>
internal sealed class StreamEndedMessage(int stream, VirtualTime endedAt) : TimedMessage
{
    /// <summary>The stream's position in the scenario.</summary>
    public int Stream { get; } = stream;

    /// <summary>When it ended.</summary>
    public VirtualTime EndedAt { get; } = endedAt;
}
