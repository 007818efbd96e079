using Akka.Actor;

namespace HmmSim.Nodes.Lanes;

/// <summary>A timed message on its way: what a lane needs to hand it to its actor.</summary>
/// <param name="Target">The cell of the receiving actor.</param>
/// <param name="Envelope">The message (a <see cref="Protocol.Messages.TimedMessage"/>) and its sender.</param>
public readonly record struct PendingEvent(ActorCell Target, Envelope Envelope);
