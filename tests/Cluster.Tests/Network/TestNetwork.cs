using System.Globalization;
using System.Text.RegularExpressions;

namespace HmmSim.Cluster.Tests.Network;

/// <summary>
/// Some machines at one switch, each a network namespace of Linux and the switch another one, so that cables can be pulled and be made
/// slow. Nothing of it is seen outside of these namespaces. Their names carry the process, so that several may test at the same time, and
/// what a process has left behind is cleared by the next one.
/// </summary>
internal sealed partial class TestNetwork : IDisposable
{
    private const string Prefix = "hmmsim-test-";

    private static readonly Lazy<string?> WhyUnavailable = new(Probe);
    private static int made;

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref made)}");
    private readonly string _switch;

    /// <summary>A network of so many machines.</summary>
    /// <exception cref="InvalidOperationException">It cannot be made; nothing of it is left.</exception>
    public TestNetwork(int machines)
    {
        _switch = $"{_name}-switch";
        Nodes = [.. Enumerable.Range(1, machines).Select(number => new NetworkNode($"{_name}-{number}", $"port{number}", $"192.0.2.{number}"))];
        ClearLeftovers();
        try
        {
            Make();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why no network can be made on this machine; null if one can.</summary>
    public static string? Unavailable => WhyUnavailable.Value;

    /// <summary>The machines.</summary>
    public IReadOnlyList<NetworkNode> Nodes { get; }

    /// <summary>Pulls the cable of a machine: whatever it sends, or is sent, is lost without a word.</summary>
    public void Cut(NetworkNode node) => NetworkTool.Run($"ip -n {_switch} link set {node.Port} down");

    /// <summary>Puts the cable back.</summary>
    public void Heal(NetworkNode node) => NetworkTool.Run($"ip -n {_switch} link set {node.Port} up");

    /// <summary>Makes the cable of a machine slow in both directions; what it cannot take at once waits.</summary>
    /// <param name="node">The machine.</param>
    /// <param name="kilobitsPerSecond">What it lets through.</param>
    public void SlowDown(NetworkNode node, int kilobitsPerSecond)
    {
        // A bucket of one packet; so every packet takes its time, and up to half a second of them queue.
        string limit = string.Create(CultureInfo.InvariantCulture, $"root tbf rate {kilobitsPerSecond}kbit burst 1600 latency 500ms");
        NetworkTool.Run($"tc -n {_switch} qdisc add dev {node.Port} {limit}");
        NetworkTool.Run($"tc -n {node.Namespace} qdisc add dev eth0 {limit}");
    }

    /// <summary>How often a packet had to wait at the slow cable on its way to a machine.</summary>
    public long Waits(NetworkNode node) =>
        long.Parse(Overlimits().Match(NetworkTool.Run($"tc -n {_switch} -s qdisc show dev {node.Port}")).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Removes the machines and the switch.</summary>
    public void Dispose() => Remove(IsOurs);

    private void Make()
    {
        NetworkTool.Run($"ip netns add {_switch}");
        NetworkTool.Run($"ip -n {_switch} link add hub type bridge");
        NetworkTool.Run($"ip -n {_switch} link set hub up");
        foreach (NetworkNode node in Nodes)
        {
            NetworkTool.Run($"ip netns add {node.Namespace}");
            NetworkTool.Run($"ip -n {_switch} link add {node.Port} type veth peer name eth0 netns {node.Namespace}");
            NetworkTool.Run($"ip -n {_switch} link set {node.Port} master hub up");
            NetworkTool.Run($"ip -n {node.Namespace} addr add {node.Address}/24 dev eth0");
            NetworkTool.Run($"ip -n {node.Namespace} link set eth0 up");
            NetworkTool.Run($"ip -n {node.Namespace} link set lo up");
        }
    }

    // Of a process that is gone, or of one that had our number.
    private void ClearLeftovers() => Remove(name =>
        IsOurs(name) || (Owner().Match(name) is { Success: true } owner && !Directory.Exists($"/proc/{owner.Groups[1].Value}")));

    private bool IsOurs(string name) => name.StartsWith($"{_name}-", StringComparison.Ordinal);

    private static void Remove(Func<string, bool> chosen)
    {
        foreach (string name in NetworkTool.Namespaces().Where(chosen).ToArray())
        {
            try
            {
                NetworkTool.Run($"ip netns del {name}");
            }
            catch (InvalidOperationException) when (!NetworkTool.Namespaces().Contains(name))
            {
                // Another process has cleared it in the same moment.
            }
        }
    }

    private static string? Probe()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "network namespaces exist on Linux only";
        }

        try
        {
            using TestNetwork network = new(1);
            network.SlowDown(network.Nodes[0], 1000);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return $"no network namespaces here (they need root, and iproute2): {exception.Message}";
        }
    }

    [GeneratedRegex(@"overlimits (\d+)")]
    private static partial Regex Overlimits();

    [GeneratedRegex($@"^{Prefix}(\d+)-")]
    private static partial Regex Owner();
}
