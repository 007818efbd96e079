using System.Collections.Immutable;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>One file of a checkpoint: what one process has saved.</summary>
/// <param name="Name">Its name within the checkpoint.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Digest">SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="Nodes">The nodes whose state it holds, ascending.</param>
public sealed record CheckpointPart(string Name, long Bytes, string Digest, ImmutableArray<int> Nodes);
