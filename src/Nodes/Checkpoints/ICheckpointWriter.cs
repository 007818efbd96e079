namespace HmmSim.Nodes.Checkpoints;

/// <summary>A checkpoint that is being written. It counts only once it is committed; without that, disposing of it leaves no trace.</summary>
public interface ICheckpointWriter : IDisposable
{
    /// <summary>Adds bytes to a part; parts are made when first named.</summary>
    /// <exception cref="CheckpointException">The store cannot be written to.</exception>
    void Append(string part, ReadOnlySpan<byte> bytes);

    /// <summary>Makes the checkpoint complete and lasting, and then removes all older ones but the latest.</summary>
    /// <exception cref="CheckpointException">The store cannot be written to.</exception>
    void Commit(ReadOnlySpan<byte> manifest);
}
