using System.Reflection;

namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>What two members must have in common to work on one run.</summary>
public static class ClusterProtocol
{
    /// <summary>Version of the messages between members (<c>wire.proto</c>); raised with every change of them.</summary>
    public const int Version = 3;

    /// <summary>Version and commit of this program. Members of one run must be equal in this too, or their steps could differ.</summary>
    public static string ProgramVersion { get; } =
        typeof(ClusterProtocol).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
