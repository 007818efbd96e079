using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Akka.Actor;

namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>Where a member of the cluster can be reached: a name or address, and a port.</summary>
/// <param name="Host">Name or IP address, as that member knows itself.</param>
/// <param name="Port">TCP port.</param>
public sealed record SeedAddress(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SeedAddress? address)
    {
        int colon = text.LastIndexOf(':');
        address = colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is > 0 and <= ushort.MaxValue && Uri.CheckHostName(text[..colon]) is not UriHostNameType.Unknown
            ? new SeedAddress(text[..colon], port)
            : null;
        return address is not null;
    }

    /// <summary>As <c>host:port</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>The address in Akka's terms, in the cluster of one of its members.</summary>
    internal Address Beside(Address member) => new(member.Protocol, member.System, Host, Port);
}
