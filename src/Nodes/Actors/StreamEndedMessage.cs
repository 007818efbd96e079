using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Actors;

/// <summary>Tells a node, after the time a message takes, that a stream has ended for which one of its own streams waits.</summary>
/// <param name="stream">The stream's position in the scenario.</param>
internal sealed class StreamEndedMessage(int stream) : TimedMessage
{
    /// <summary>The stream's position in the scenario.</summary>
    public int Stream { get; } = stream;
}
