namespace HmmSim.Nodes.Workloads;

/// <summary>A trace file does not have the layout it claims to have.</summary>
/// <param name="file">Name of the file, as the user gave it.</param>
/// <param name="line">Number of the offending line, from 1; where the file ends early, the first line that is missing.</param>
/// <param name="expected">What was expected there.</param>
/// <param name="found">The offending text, already shortened, or a description of what is wrong.</param>
/// <param name="cause">The failure underneath, if there is one.</param>
public sealed class TraceFormatException(string file, long line, string expected, string found, Exception? cause = null)
    : Exception($"{file}:{line}: expected {expected}, found {found}", cause)
{
    /// <summary>Name of the file.</summary>
    public string File { get; } = file;

    /// <summary>Number of the offending line, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>What was expected there.</summary>
    public string Expected { get; } = expected;

    /// <summary>The offending text.</summary>
    public string Found { get; } = found;
}
