using Microsoft.Extensions.Hosting;

namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>The command line handles signals itself and stops the host; a second handler would race it.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
