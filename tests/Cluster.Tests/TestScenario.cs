using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cluster.Tests;

/// <summary>Scenarios for these tests.</summary>
internal static class TestScenario
{
    /// <summary>Three hosts that talk all the time over a fast network, so that members must meet often: slow for its size.</summary>
    /// <param name="accesses">Accesses of each device to the next host; a thousand take about a second on members.</param>
    public static Scenario Chatty(int accesses) => ScenarioLoader.Parse(Text(accesses), "chatty", ".");

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
