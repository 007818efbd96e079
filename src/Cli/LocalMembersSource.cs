using HmmSim.Nodes.Cluster.Coordination;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Cluster.Placement;

namespace HmmSim.Cli;

/// <summary>Starts member processes on this machine, and begins a cluster of which this process is the oldest.</summary>
internal sealed class LocalMembersSource(int members, string? tls, IHostPlacement placement) : ISimulatorSource
{
    private static readonly TimeSpan MembersTimeout = TimeSpan.FromSeconds(120);

    /// <inheritdoc/>
    public async Task<SimulatorLease> OpenAsync(Action<string> note, CancellationToken cancellation)
    {
        ClusterNodeOptions options = new()
        {
            Role = ClusterNodeOptions.SubmitterRole,
            OnSplit = SplitRule.Oldest,
            Tls = tls is null ? null : TlsIdentity.Load(tls),
        };
        ClusterNode node = await ClusterNode.JoinAsync(options, null, cancellation).ConfigureAwait(false);
        MemberProcesses processes = new(node, note);
        try
        {
            for (int member = 0; member < members; member++)
            {
                processes.Start(tls);
            }

            ClusterSimulator simulator = new(node, new RunSettings { Placement = placement }, note);
            Task up = simulator.WaitForMembersAsync(members, MembersTimeout, cancellation);
            Task first = await Task.WhenAny(up, processes.FirstFailure).ConfigureAwait(false);
            await first.ConfigureAwait(false);
            return new SimulatorLease(simulator, simulator, processes, node);
        }
        catch
        {
            await processes.DisposeAsync().ConfigureAwait(false);
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
