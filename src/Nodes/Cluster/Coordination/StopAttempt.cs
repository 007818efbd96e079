using Akka.Actor;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>Asks an attempt, or a whole run, to stop; it stays in this process.</summary>
internal sealed record StopAttempt : INoSerializationVerificationNeeded;
