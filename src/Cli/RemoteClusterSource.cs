using System.Net;
using System.Net.Sockets;
using HmmSim.Nodes.Cluster.Coordination;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Cluster.Placement;

namespace HmmSim.Cli;

/// <summary>Joins a running cluster for the time of a run, to submit it and to collect its result.</summary>
internal sealed class RemoteClusterSource(IReadOnlyList<SeedAddress> seeds, string? host, string? tls, IHostPlacement placement) : ISimulatorSource
{
    private static readonly TimeSpan MembersTimeout = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<SimulatorLease> OpenAsync(Action<string> note, CancellationToken cancellation)
    {
        ClusterNodeOptions options = new()
        {
            Host = host ?? OwnAddress(),
            Seeds = seeds,
            Role = ClusterNodeOptions.SubmitterRole,
            Tls = tls is null ? null : TlsIdentity.Load(tls),
            Timings = new ClusterTimings { JoinTimeout = TimeSpan.FromSeconds(20) },
        };
        ClusterNode node = await ClusterNode.JoinAsync(options, null, cancellation).ConfigureAwait(false);
        try
        {
            ClusterSimulator simulator = new(node, new RunSettings { Placement = placement }, note);
            await simulator.WaitForMembersAsync(1, MembersTimeout, cancellation).ConfigureAwait(false);
            return new SimulatorLease(simulator, simulator, node);
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The address of the interface from which packets go to the cluster; a datagram socket finds it without sending any.</summary>
    private string OwnAddress()
    {
        foreach (SeedAddress seed in seeds)
        {
            try
            {
                IPAddress target = Dns.GetHostAddresses(seed.Host)[0];
                using Socket socket = new(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                socket.Connect(target, seed.Port);
                return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
            }
            catch (SocketException)
            {
                // Perhaps another one.
            }
        }

        throw new ClusterException($"none of {string.Join(", ", seeds)} has an address (expected names that this machine can resolve)", isInput: true);
    }
}
