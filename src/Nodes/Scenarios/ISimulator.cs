using HmmSim.Nodes.Observation;

namespace HmmSim.Nodes.Scenarios;

/// <summary>Runs a scenario from its start to the end of its last stream.</summary>
public interface ISimulator
{
    /// <summary>Runs <paramref name="scenario"/> and returns its figures.</summary>
    /// <param name="scenario">A loaded, and so valid, scenario.</param>
    /// <param name="options">What may change speed but never results.</param>
    /// <param name="progress">Told now and then how far the run is; called from any thread.</param>
    /// <param name="cancellation">Stops the run between two steps.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; there is no result.</exception>
    RunReport Run(Scenario scenario, RunOptions options, IProgress<RunProgress> progress, CancellationToken cancellation);
}
