namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>How a process takes part in a cluster.</summary>
public sealed record ClusterNodeOptions
{
    /// <summary>Role of the members that simulate.</summary>
    public const string SimulatorRole = "sim";

    /// <summary>Role of the processes that submit runs and leave again.</summary>
    public const string SubmitterRole = "submit";

    /// <summary>Name of the actor system: the same in the whole cluster.</summary>
    public const string SystemName = "hmmsim";

    /// <summary>Name or address under which other members reach this process.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Address of the network interface to listen on; null for the one of <see cref="Host"/>.</summary>
    public string? Bind { get; init; }

    /// <summary>TCP port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Members to join through, the same list on every member; if it is empty, or this process is its first entry, a new cluster
    /// can begin here.
    /// </summary>
    public IReadOnlyList<SeedAddress> Seeds { get; init; } = [];

    /// <summary>What this process does: <see cref="SimulatorRole"/> or <see cref="SubmitterRole"/>.</summary>
    public string Role { get; init; } = SimulatorRole;

    /// <summary>The certificate of the cluster; null for plain TCP.</summary>
    public TlsIdentity? Tls { get; init; }

    /// <summary>Which part goes on when the network splits.</summary>
    public SplitRule OnSplit { get; init; } = SplitRule.Majority;

    /// <summary>How long to wait for what.</summary>
    public ClusterTimings Timings { get; init; } = new();

    /// <summary>Whether Akka's warnings go to the error stream.</summary>
    public bool ShowsWarnings { get; init; }

    /// <summary>Version of the messages between members.</summary>
    public int ProtocolVersion { get; init; } = ClusterProtocol.Version;

    /// <summary>Version and commit of the program.</summary>
    public string ProgramVersion { get; init; } = ClusterProtocol.ProgramVersion;
}
