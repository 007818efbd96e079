using HmmSim.Nodes.Scenarios;

namespace HmmSim.Benchmarks.Scaling;

/// <summary>Nobody watches a benchmark.</summary>
internal sealed class NoProgress : IProgress<RunProgress>
{
    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
    }
}
