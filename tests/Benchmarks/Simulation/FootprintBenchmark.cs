using System.Diagnostics;
using HmmSim.Benchmarks.Harness;
using HmmSim.Benchmarks.Scaling;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;

namespace HmmSim.Benchmarks.Simulation;

/// <summary>
/// What a process needs to simulate a buffer that is touched once from one end to the other by a device of a twelfth of its size, in
/// whole blocks or page by page in random order.
/// </summary>
internal sealed class FootprintBenchmark : IBenchmark
{
    public string Name => "footprint";

    public string Summary =>
        "largest resident size of this process for a buffer touched by streaming and page by page at random: --stream-gib 1024 --random-gib 16";

    public void Run(BenchmarkOptions options)
    {
        Console.WriteLine($"  {"buffer",-48} {"RSS MiB",10} {"more MiB",10} {"for 1 TiB",10} {"s",8}");
        int streamed = options.Integer("stream-gib", 1024);
        Report(
            $"{streamed} GiB streamed in whole blocks",
            streamed,
            "2MiB",
            "pattern: sequential, buffer: data, access: write, warps: 8, pages_per_turn: 512, time_per_access: 10ns");
        int random = options.Integer("random-gib", 16);
        Report(
            $"{random} GiB page by page in random order",
            random,
            "4KiB",
            $"pattern: pointer_chase, buffer: data, access: write, steps: {(long)random << 18}, warps: 256, time_per_access: 10ns");
    }

    private static void Report(string what, int gib, string granularity, string stream)
    {
        long before = Process.GetCurrentProcess().PeakWorkingSet64;
        Scenario scenario = ScenarioLoader.Parse(
            $$"""
            name: footprint
            seed: 1
            hosts:
              - name: host0
                cpu: { name: cpu0, ram: {{gib * 2}}GiB }
                devices:
                  - { name: gpu0, memory: {{gib * 80}}MiB, preset: gtx1080ti, migration_granularity: {{granularity}} }
            links:
              - { between: [cpu0, gpu0], preset: pcie5_x16 }
            buffers:
              - { name: data, size: {{gib}}GiB, home: cpu0 }
            streams:
              - { name: touch, processor: gpu0, {{stream}} }
            """,
            "footprint.yaml",
            ".");
        RunReport report = new ActorSimulator().Run(scenario, new RunOptions(), new NoProgress(), CancellationToken.None);
        if (!report.Passed)
        {
            throw new InvalidOperationException(string.Join("; ", report.Checks.Where(check => !check.Passed).Select(check => check.Detail)));
        }

        long after = Process.GetCurrentProcess().PeakWorkingSet64;
        double more = (after - before) / (double)(1 << 20);
        Console.WriteLine($"  {what,-48} {after >> 20,10} {more,10:F0} {more * 1024 / gib,10:F0} {report.Performance.WallTime.TotalSeconds,8:F1}");
    }
}
