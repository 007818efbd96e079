using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cli;

/// <summary>Runs in this process.</summary>
internal sealed class LocalSimulatorSource(Func<ISimulator> factory) : ISimulatorSource
{
    /// <inheritdoc/>
    public Task<SimulatorLease> OpenAsync(Action<string> note, CancellationToken cancellation)
    {
        ISimulator simulator = factory();
        return Task.FromResult(new SimulatorLease(simulator, new SequentialSweeper(simulator)));
    }
}
