namespace HmmSim.Cli;

/// <summary>Where a run gets its simulator from: this process, members that it starts, or a cluster that runs already.</summary>
internal interface ISimulatorSource
{
    /// <summary>Gets one ready.</summary>
    /// <param name="note">Told in words what happens meanwhile and later; from any thread.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Nodes.Cluster.Hosting.ClusterException">There is none; the message says why.</exception>
    Task<SimulatorLease> OpenAsync(Action<string> note, CancellationToken cancellation);
}
