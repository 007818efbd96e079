using System.Diagnostics;
using HmmSim.Cluster.Tests.Network;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>Starts <c>hmmsim</c> as a child process with all its streams redirected.</summary>
internal static class ChildProgram
{
    /// <summary>Starts it on this machine.</summary>
    public static Process Start(params string[] arguments) => Start(null, arguments);

    /// <summary>Starts it on a machine of a test network; null for this machine.</summary>
    public static Process Start(NetworkNode? node, params string[] arguments)
    {
        // 'ip netns exec' becomes the program: it has the same process id, and takes its signals.
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "hmmsim.dll"), .. arguments];
        command = node is null ? command : ["ip", "netns", "exec", node.Namespace, .. command];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }
}
