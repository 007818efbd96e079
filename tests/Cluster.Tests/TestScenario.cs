using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests;

/// <summary>Scenarios for these tests.</summary>
internal static class TestScenario
{
    /// <summary>Three hosts that talk all the time over a fast network, so that members must meet often: slow for its size.</summary>
    /// <param name="accesses">Accesses of each device to the next host; a thousand take about a second on members.</param>
    public static Scenario Chatty(int accesses) => ScenarioLoader.Parse(Text(accesses), "chatty", ".");

    /// <summary>Latency of the network in <see cref="Islands"/>.</summary>
    public const long NetworkLatencyPicoseconds = 2_000_000;

    /// <summary>Two hosts that work at home after one of them has read a little of the other's.</summary>
    public static Scenario Islands() => ScenarioLoader.Parse(
        """
        name: islands
        seed: 3
        hosts:
          - name: host0
            cpu: { name: cpu0, ram: 128MiB, guest_ram: 4MiB }
            devices:
              - { name: gpu0, memory: 4MiB, preset: gtx1080ti }
          - name: host1
            cpu: { name: cpu1, ram: 128MiB, guest_ram: 4MiB }
            devices:
              - { name: gpu1, memory: 4MiB, preset: gtx1080ti }
        links:
          - { between: [cpu0, gpu0], preset: pcie3_x16 }
          - { between: [cpu1, gpu1], preset: pcie3_x16 }
          - { between: [cpu0, cpu1], latency: 2us, bandwidth: 12.5GB/s }
        buffers:
          - { name: b0, size: 6MiB, home: cpu0 }
          - { name: b1, size: 6MiB, home: cpu1 }
          - { name: edge, size: 128KiB, home: cpu1 }
        streams:
          - { name: near0, processor: gpu0, pattern: sequential, buffer: b0, access: update, passes: 6, warps: 8 }
          - { name: near1, processor: gpu1, pattern: sequential, buffer: b1, access: update, passes: 6, warps: 8 }
          - { name: look, processor: gpu0, pattern: random, buffer: edge, access: read, accesses: 20, warps: 2 }
        """,
        "islands",
        ".");

    private static string Text(int accesses)
    {
        string hosts = string.Concat(Enumerable.Range(0, 3).Select(i => $$"""
              - name: host{{i}}
                cpu: { name: cpu{{i}}, ram: 128MiB, guest_ram: 4MiB }
                devices:
                  - { name: gpu{{i}}, memory: 4MiB, preset: gtx1080ti }

            """));
        string links = string.Concat(Enumerable.Range(0, 3).Select(i => $$"""
              - { between: [cpu{{i}}, gpu{{i}}], preset: pcie3_x16 }
              - { between: [cpu{{i}}, cpu{{(i + 1) % 3}}], preset: rdma_100g }

            """));
        string buffers = string.Concat(Enumerable.Range(0, 3).Select(i => $"  - {{ name: b{i}, size: 2MiB, home: cpu{i} }}\n"));
        string streams = string.Concat(Enumerable.Range(0, 3).Select(i => $$"""
              - { name: near{{i}}, processor: gpu{{i}}, pattern: sequential, buffer: b{{i}}, access: update, passes: 1, warps: 8 }
              - { name: far{{i}}, processor: gpu{{i}}, pattern: random, buffer: b{{(i + 1) % 3}}, access: update, accesses: {{accesses}}, warps: 8 }

            """));
        return $"name: chatty\nseed: 9\ntrack_values: true\nhosts:\n{hosts}links:\n{links}buffers:\n{buffers}streams:\n{streams}";
    }
}
