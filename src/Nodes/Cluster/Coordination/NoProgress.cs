using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Cluster.Coordination;

/// <summary>For runs whose progress nobody watches.</summary>
internal sealed class NoProgress : IProgress<RunProgress>
{
    /// <summary>The only one.</summary>
    public static readonly NoProgress Instance = new();

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
    }
}
