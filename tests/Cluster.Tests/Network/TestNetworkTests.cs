namespace HmmSim.Cluster.Tests.Network;

/// <summary>A test network leaves nothing behind, and clears what others have left behind.</summary>
public sealed class TestNetworkTests
{
    [NetworkFact]
    public void What_a_process_that_is_gone_has_left_behind_is_cleared_and_nothing_is_left_afterwards()
    {
        string leftover = $"hmmsim-test-{int.MaxValue}-1-switch"; // no process has such a number
        NetworkTool.Run($"ip netns add {leftover}");
        string[] ours;
        using (TestNetwork network = new(2))
        {
            ours = [.. network.Nodes.Select(node => node.Namespace)];
            Assert.DoesNotContain(leftover, NetworkTool.Namespaces());
            Assert.Equal(ours, ours.Intersect(NetworkTool.Namespaces()));
        }

        Assert.Empty(ours.Intersect(NetworkTool.Namespaces()));
        Assert.DoesNotContain(NetworkTool.Namespaces(), name => name.StartsWith($"hmmsim-test-{Environment.ProcessId}-", StringComparison.Ordinal));
    }
}
