using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cli;

/// <summary>A simulator, and what has to end after its last run.</summary>
internal sealed class SimulatorLease(ISimulator simulator, params IAsyncDisposable[] after) : IAsyncDisposable
{
    /// <summary>The simulator.</summary>
    public ISimulator Simulator { get; } = simulator;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable item in after)
        {
            await item.DisposeAsync().ConfigureAwait(false);
        }
    }
}
