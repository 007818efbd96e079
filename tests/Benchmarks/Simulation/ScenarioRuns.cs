using System.Globalization;
using HmmSim.Benchmarks.Harness;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;

namespace HmmSim.Benchmarks.Simulation;

/// <summary>Runs a scenario given as text and measures it without building it or creating its actors.</summary>
internal static class ScenarioRuns
{
    /// <summary>One measured run; <paramref name="items"/> says what of the report is counted.</summary>
    public static Measurement Measure(string yaml, Func<RunReport, long> items, CheckpointSettings? checkpoints = null)
    {
        Scenario scenario = ScenarioLoader.Parse(yaml, "benchmark.yaml", ".");
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        RunReport report = new ActorSimulator().Run(scenario, new RunOptions { Checkpoints = checkpoints }, new NoProgress(), CancellationToken.None);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        if (!report.Passed)
        {
            throw new InvalidOperationException(string.Join("; ", report.Checks.Where(check => !check.Passed).Select(check => check.Detail)));
        }

        ulong hash = ulong.Parse(report.Totals.TraceHash[..16], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Measurement(items(report), report.Performance.WallTime, allocated, hash);
    }

    /// <summary>One host with one device; <paramref name="streams"/> is the YAML of its streams.</summary>
    public static string OneDevice(string memory, string buffer, string granularity, string streams) => $$"""
        name: benchmark
        seed: 1
        hosts:
          - name: host0
            cpu: { name: cpu0, ram: 16GiB }
            devices:
              - { name: gpu0, memory: {{memory}}, preset: gtx1080ti, batch_size: 256, migration_granularity: {{granularity}} }
        links:
          - { between: [cpu0, gpu0], preset: pcie3_x16 }
        buffers:
          - { name: data, size: {{buffer}}, home: cpu0 }
        streams:
        {{streams}}
        """;

    private sealed class NoProgress : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
        }
    }
}
