namespace HmmSim.Nodes.Cluster.Members;

/// <summary>One attempt at one run.</summary>
/// <param name="Run">Unique name of the run.</param>
/// <param name="Attempt">Counts its attempts, from 1.</param>
internal readonly record struct RunIdentity(string Run, int Attempt)
{
    /// <summary>As <c>run/attempt</c>.</summary>
    public override string ToString() => $"{Run}/{Attempt}";
}
