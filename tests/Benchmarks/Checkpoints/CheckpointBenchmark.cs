using System.Globalization;
using HmmSim.Benchmarks.Harness;
using HmmSim.Benchmarks.Simulation;
using HmmSim.Nodes.Checkpoints;

namespace HmmSim.Benchmarks.Checkpoints;

/// <summary>What checkpoints cost a run: the same scenario without and with them, to a folder.</summary>
internal sealed class CheckpointBenchmark : IBenchmark
{
    public string Name => "checkpoints";

    public string Summary => "a run without and with checkpoints: --every-ms 5000 --accesses 4000000 --memory-mib 256 --rounds 3";

    public void Run(BenchmarkOptions options)
    {
        int every = options.Integer("every-ms", 5000);
        int accesses = options.Integer("accesses", 4_000_000);
        int memory = options.Integer("memory-mib", 256);
        string stream = string.Create(
            CultureInfo.InvariantCulture,
            $"  - {{ name: gups, processor: gpu0, pattern: random, buffer: data, access: update, accesses: {accesses}, warps: 512, time_per_access: 10ns }}");
        string scenario = ScenarioRuns.OneDevice($"{memory}MiB", $"{memory * 5 / 4}MiB", "4KiB", stream);
        CheckpointTally tally = new();
        Rounds rounds = new("access");
        rounds.Add("no checkpoints", () => ScenarioRuns.Measure(scenario, report => report.Totals.Accesses));
        rounds.Add($"a checkpoint every {every} ms", () =>
        {
            string folder = Directory.CreateTempSubdirectory("hmmsim-benchmark-").FullName;
            try
            {
                CheckpointSettings settings = new()
                {
                    Store = CheckpointStores.Open(folder),
                    Every = TimeSpan.FromMilliseconds(every),
                    Tally = tally,
                };
                return ScenarioRuns.Measure(scenario, report => report.Totals.Accesses, settings);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        rounds.Print(options.Integer("rounds", 3));
        Console.WriteLine(
            $"  {tally.Taken} checkpoints, each {tally.Bytes / Math.Max(1, tally.Taken):N0} bytes "
            + $"and a pause of {tally.Pause.TotalMilliseconds / Math.Max(1, tally.Taken):F1} ms on average");
    }
}
