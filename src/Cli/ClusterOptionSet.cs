using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Cluster.Placement;

namespace HmmSim.Cli;

/// <summary>The options of commands that can use a cluster.</summary>
internal sealed class ClusterOptionSet
{
    private const int MembersAtMost = 64;

    private readonly Option<int?> _members = new("--members")
    {
        Description = $"Start so many local processes and share the work among them, 1 to {MembersAtMost}",
        HelpName = "N",
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value is >= 1 and <= MembersAtMost
            ? value
            : OptionText.Refuse<int?>(result, $"a whole number from 1 to {MembersAtMost}"),
    };

    private readonly Option<IReadOnlyList<SeedAddress>?> _cluster = new("--cluster")
    {
        Description = "Use a running cluster: addresses of some of its members (docs/operations.md)",
        HelpName = "HOST:PORT,...",
        CustomParser = ParseAddresses,
    };

    private readonly Option<string?> _host = new("--host")
    {
        Description = "Name or address under which the cluster reaches this process [default: the one that leads to it]",
        HelpName = "NAME",
    };

    private readonly Option<IHostPlacement?> _placement = new("--placement")
    {
        Description = "How simulated hosts are placed on members; results do not depend on it: "
            + string.Join("; ", HostPlacements.All.Select(placement => $"{placement.Name}: {placement.Meaning}")),
        HelpName = "RULE",
        CustomParser = result => HostPlacements.Find(result.Tokens[0].Value)
            ?? OptionText.Refuse<IHostPlacement>(result, string.Join(" or ", HostPlacements.All.Select(placement => placement.Name))),
    };

    /// <summary>The certificate of the cluster.</summary>
    public static Option<string?> NewTlsOption() => new("--tls")
    {
        Description = "PEM file with the certificate and key that all members share: encrypts, and keeps everybody else out",
        HelpName = "FILE",
    };

    private readonly Option<string?> _tls = NewTlsOption();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_members);
        command.Options.Add(_cluster);
        command.Options.Add(_host);
        command.Options.Add(_placement);
        command.Options.Add(_tls);
        command.Validators.Add(result =>
        {
            bool members = result.GetResult(_members) is { Implicit: false };
            bool cluster = result.GetResult(_cluster) is { Implicit: false };
            if (members && cluster)
            {
                result.AddError("--members and --cluster exclude each other (expected one: local processes, or a cluster that runs already)");
            }

            foreach (Option option in new Option[] { _host, _placement, _tls })
            {
                if (result.GetResult(option) is { Implicit: false } && !cluster && !(members && option != _host))
                {
                    result.AddError($"{option.Name} is of use in a cluster only (expected {(option == _host ? "" : "--members or ")}--cluster beside it)");
                }
            }
        });
    }

    /// <summary>The source of simulators that was asked for; null for this process alone.</summary>
    public ISimulatorSource? SourceOf(ParseResult parsed)
    {
        IHostPlacement placement = parsed.GetValue(_placement) ?? HostPlacements.Default;
        return parsed.GetValue(_cluster) is { } seeds ? new RemoteClusterSource(seeds, parsed.GetValue(_host), parsed.GetValue(_tls), placement)
            : parsed.GetValue(_members) is { } members ? new LocalMembersSource(members, parsed.GetValue(_tls), placement)
            : null;
    }

    /// <summary>Reads <c>host:port,host:port</c>.</summary>
    public static IReadOnlyList<SeedAddress>? ParseAddresses(ArgumentResult result)
    {
        var addresses = new List<SeedAddress>();
        foreach (string text in result.Tokens[0].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!SeedAddress.TryParse(text, out SeedAddress? address))
            {
                return OptionText.Refuse<IReadOnlyList<SeedAddress>>(result, $"host:port, such as node0:4053; '{text}' is none");
            }

            addresses.Add(address);
        }

        return addresses.Count > 0 ? addresses : OptionText.Refuse<IReadOnlyList<SeedAddress>>(result, "at least one host:port, such as node0:4053");
    }
}
