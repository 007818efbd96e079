using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HmmSim.Nodes.Cluster.Hosting;

namespace HmmSim.Cli;

/// <summary><c>hmmsim node</c>: its arguments and its help.</summary>
internal static class NodeCommand
{
    private const string UpPrefix = "hmmsim: member ";
    private const string Help = """
        Makes this process a member of a cluster that simulates for others, until it is stopped.

        Examples, one member on each of three machines:
          hmmsim node --host node0 --port 4053 --seeds node0:4053,node1:4053,node2:4053
          hmmsim node --host node1 --port 4053 --seeds node0:4053,node1:4053,node2:4053
          hmmsim node --host node2 --port 4053 --seeds node0:4053,node1:4053,node2:4053

        Then: hmmsim run FILE --cluster node0:4053,node1:4053,node2:4053
        Exit codes: 0 stopped with SIGTERM or Ctrl+C, 2 bad input or refused by the cluster, 3 removed from the cluster
        or not let in.
        """;

    public static Command Create(TextWriter output, TextWriter error)
    {
        Option<string> host = new("--host")
        {
            Description = "Name or address under which other members reach this one; the same as in --seeds",
            HelpName = "NAME",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        Option<string?> bind = new("--bind") { Description = "Address to listen on, such as 0.0.0.0 [default: that of --host]", HelpName = "ADDRESS" };
        Option<int> port = new("--port")
        {
            Description = "TCP port; 0 for any free one",
            HelpName = "PORT",
            DefaultValueFactory = _ => 0,
            CustomParser = result => ParsePort(result) ?? 0,
        };
        Option<IReadOnlyList<SeedAddress>?> seeds = new("--seeds")
        {
            Description = "Members to join through, the same list everywhere; without it, a new cluster begins here",
            HelpName = "HOST:PORT,...",
            CustomParser = ClusterOptionSet.ParseAddresses,
        };
        Option<string?> tls = ClusterOptionSet.NewTlsOption();
        Option<SplitRule> onSplit = new("--on-split")
        {
            Description = "Which part goes on when the network splits: majority, or oldest; the same everywhere",
            HelpName = "RULE",
            DefaultValueFactory = _ => SplitRule.Majority,
            CustomParser = result => Enum.TryParse(result.Tokens[0].Value, ignoreCase: true, out SplitRule rule) && Enum.IsDefined(rule)
                ? rule
                : OptionText.Refuse<SplitRule>(result, "majority or oldest"),
        };
        Option<bool> untilInputEnds = new("--until-input-ends") { Description = "Also stop when the standard input ends, for a process that starts members" };
        Option<int?> metricsPort = new("--metrics-port")
        {
            Description = "TCP port for /metrics (Prometheus), /health/live and /health/ready; 0 for any free one [default: none]",
            HelpName = "PORT",
            CustomParser = result => ParsePort(result),
        };
        Command command = new("node", Help) { host, bind, port, seeds, tls, onSplit, metricsPort, untilInputEnds };
        command.SetAction((parsed, cancellation) =>
        {
            NodeRequest request = new()
            {
                Host = parsed.GetRequiredValue(host),
                Bind = parsed.GetValue(bind),
                Port = parsed.GetValue(port),
                Seeds = parsed.GetValue(seeds) ?? [],
                TlsFile = parsed.GetValue(tls),
                OnSplit = parsed.GetValue(onSplit),
                MetricsPort = parsed.GetValue(metricsPort),
                StopsAtEndOfInput = parsed.GetValue(untilInputEnds),
            };
            return new NodeSession(output, error).RunAsync(request, cancellation);
        });
        return command;
    }

    /// <summary>What a member prints when it has joined.</summary>
    public static string UpLine(SeedAddress address) => $"{UpPrefix}{address} is up";

    /// <summary>The address in such a line; null if it is another one.</summary>
    public static SeedAddress? AddressIn(string? line) =>
        line is not null
        && line.StartsWith(UpPrefix, StringComparison.Ordinal)
        && SeedAddress.TryParse(line[UpPrefix.Length..].Split(' ')[0], out SeedAddress? address)
            ? address
            : null;

    private static int? ParsePort(ArgumentResult result) =>
        int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= ushort.MaxValue
            ? value
            : OptionText.Refuse<int?>(result, $"a whole number from 0 to {ushort.MaxValue}");
}
