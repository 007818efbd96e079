using System.Globalization;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Benchmarks.Checkpoints;

/// <summary>Three hosts whose devices touch each other's pages all the time: slow for its size on members, and never idle.</summary>
internal static class TalkingHosts
{
    /// <summary>The scenario.</summary>
    /// <param name="accesses">Accesses of each device to the next host.</param>
    public static Scenario Of(int accesses)
    {
        string hosts = Join(i => $$"""
              - name: host{{i}}
                cpu: { name: cpu{{i}}, ram: 128MiB, guest_ram: 4MiB }
                devices:
                  - { name: gpu{{i}}, memory: 4MiB, preset: gtx1080ti }

            """);
        string links = Join(i => $$"""
              - { between: [cpu{{i}}, gpu{{i}}], preset: pcie3_x16 }
              - { between: [cpu{{i}}, cpu{{(i + 1) % 3}}], preset: rdma_100g }

            """);
        string buffers = Join(i => $"  - {{ name: b{i}, size: 8MiB, home: cpu{i} }}\n");
        string streams = Join(i => string.Create(
            CultureInfo.InvariantCulture,
            $"  - {{ name: far{i}, processor: gpu{i}, pattern: random, buffer: b{(i + 1) % 3}, access: update, accesses: {accesses}, warps: 8 }}\n"));
        return ScenarioLoader.Parse(
            $"name: talking\nseed: 9\ntrack_values: true\nhosts:\n{hosts}links:\n{links}buffers:\n{buffers}streams:\n{streams}",
            "talking",
            ".");
    }

    private static string Join(Func<int, string> line) => string.Concat(Enumerable.Range(0, 3).Select(line));
}
