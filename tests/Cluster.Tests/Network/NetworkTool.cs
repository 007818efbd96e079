using System.ComponentModel;
using System.Diagnostics;

namespace HmmSim.Cluster.Tests.Network;

/// <summary>The commands of iproute2.</summary>
internal static class NetworkTool
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Runs a command, its words parted by spaces; returns its output.</summary>
    /// <exception cref="InvalidOperationException">It is missing or fails; the message has its words.</exception>
    public static string Run(string command)
    {
        string[] words = command.Split(' ');
        ProcessStartInfo start = new(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            if (!process.WaitForExit(Timeout))
            {
                process.Kill();
                throw new InvalidOperationException($"'{command}' did not end");
            }

            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{command}': {error.Result.Trim()}");
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"'{command}': {exception.Message}", exception);
        }
    }

    /// <summary>Names of all network namespaces that have one.</summary>
    public static IEnumerable<string> Namespaces() =>
        Run("ip netns list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]);
}
