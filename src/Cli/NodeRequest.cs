using HmmSim.Nodes.Cluster.Hosting;

namespace HmmSim.Cli;

/// <summary>What the user asked <c>hmmsim node</c> for.</summary>
internal sealed record NodeRequest
{
    /// <summary>Name under which others reach this member.</summary>
    public required string Host { get; init; }

    /// <summary>Address to listen on; null for that of the name.</summary>
    public required string? Bind { get; init; }

    /// <summary>TCP port; 0 for any.</summary>
    public required int Port { get; init; }

    /// <summary>Members to join through.</summary>
    public required IReadOnlyList<SeedAddress> Seeds { get; init; }

    /// <summary>The certificate; null for plain TCP.</summary>
    public required string? TlsFile { get; init; }

    /// <summary>TCP port of metrics and health; null for none.</summary>
    public required int? MetricsPort { get; init; }

    /// <summary>Which part goes on when the network splits.</summary>
    public required SplitRule OnSplit { get; init; }

    /// <summary>Whether the end of the standard input ends the member.</summary>
    public required bool StopsAtEndOfInput { get; init; }
}
