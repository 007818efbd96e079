namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>The cluster cannot be joined, or it cannot carry out what was asked of it; the message says why and what to do.</summary>
/// <param name="message">What happened, and what to do about it.</param>
/// <param name="isInput">Whether an option or a file is to blame, and not the course of events.</param>
public sealed class ClusterException(string message, bool isInput = false) : Exception(message)
{
    /// <summary>Whether an option or a file is to blame, and not the course of events.</summary>
    public bool IsInput { get; } = isInput;
}
