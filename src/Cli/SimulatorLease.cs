using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cli;

/// <summary>A simulator, and what has to end after its last run.</summary>
internal sealed class SimulatorLease(ISimulator simulator, ISweeper sweeper, params IAsyncDisposable[] after) : IAsyncDisposable
{
    /// <summary>For many runs.</summary>
    public ISweeper Sweeper { get; } = sweeper;

    /// <summary>For one run.</summary>
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
