using Akka.Actor;
using HmmSim.Nodes.Checkpoints;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>An attempt tells its parent that a checkpoint is complete; it stays in this process.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
internal sealed record CheckpointTaken(SavedCheckpoint Checkpoint) : INoSerializationVerificationNeeded;
