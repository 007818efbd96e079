namespace HmmSim.Nodes.Checkpoints;

/// <summary>A checkpoint cannot be used or written: it is damaged, of another run, or its place is of no use.</summary>
/// <param name="file">The file or place.</param>
/// <param name="field">The part of it that is wrong.</param>
/// <param name="found">What is there.</param>
/// <param name="expected">What was expected there.</param>
/// <param name="suggestion">What to do.</param>
public sealed class CheckpointException(string file, string field, string found, string expected, string suggestion)
    : Exception($"{file}: {field} is {found} (expected {expected}); {suggestion}")
{
    /// <summary>The file or place.</summary>
    public string File { get; } = file;

    /// <summary>The part of it that is wrong.</summary>
    public string Field { get; } = field;
}
