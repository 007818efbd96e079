using HmmSim.Protocol.Time;

namespace HmmSim.Protocol.Messages;

/// <summary>
/// A message that acts at a virtual time. Whoever sends it stamps it once; messages are delivered in the order
/// (<see cref="ActsAt"/>, <see cref="Source"/>, <see cref="Sequence"/>), which is total and the same on every run.
/// </summary>
/// <remarks>The stamp lies inside the message, so that an event is one object: no envelope is allocated beside it.</remarks>
public abstract class TimedMessage
{
    /// <summary>When the message acts on its receiver.</summary>
    public VirtualTime ActsAt { get; set; }

    /// <summary>Number of the sender; breaks ties between messages that act at the same time.</summary>
    public uint Source { get; set; }

    /// <summary>Counts the messages of one sender; breaks ties between messages of one sender.</summary>
    public ulong Sequence { get; set; }
}
