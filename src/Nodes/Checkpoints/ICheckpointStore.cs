namespace HmmSim.Nodes.Checkpoints;

/// <summary>
/// Where checkpoints lie. A checkpoint is there whole or not at all, whenever the process that writes it ends. One process writes at a time.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>What messages call the store.</summary>
    string Name { get; }

    /// <summary>The numbers of the complete checkpoints, ascending.</summary>
    /// <exception cref="CheckpointException">The store cannot be read.</exception>
    IReadOnlyList<long> Numbers();

    /// <summary>What messages call a file of a checkpoint.</summary>
    string NameOf(long number, string file);

    /// <summary>The manifest of a complete checkpoint as it was written, without a check.</summary>
    /// <exception cref="CheckpointException">It is not there, or cannot be read.</exception>
    byte[] ReadManifest(long number);

    /// <summary>Reads a piece of a part; less than asked for only at its end.</summary>
    /// <exception cref="CheckpointException">It is not there, or cannot be read.</exception>
    byte[] ReadPiece(long number, string part, long offset, int bytesAtMost);

    /// <summary>Begins a checkpoint; what an earlier writer has left unfinished goes.</summary>
    /// <exception cref="CheckpointException">The store cannot be written to.</exception>
    ICheckpointWriter Begin(long number);
}
