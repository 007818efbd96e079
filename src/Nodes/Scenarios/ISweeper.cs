using HmmSim.Nodes.Observation;

namespace HmmSim.Nodes.Scenarios;

/// <summary>Carries out many independent runs.</summary>
public interface ISweeper
{
    /// <summary>Runs every scenario once.</summary>
    /// <param name="scenarios">Loaded scenarios; each is asked for when its turn comes.</param>
    /// <param name="options">What may change speed but never results.</param>
    /// <param name="finished">Takes the position of a scenario and its report, in the order in which they end; one call at a time.</param>
    /// <param name="cancellation">Stops the sweep; runs that have ended stay ended.</param>
    /// <exception cref="OperationCanceledException">The sweep was stopped.</exception>
    Task SweepAsync(IReadOnlyList<Func<Scenario>> scenarios, RunOptions options, Action<int, RunReport> finished, CancellationToken cancellation);
}
