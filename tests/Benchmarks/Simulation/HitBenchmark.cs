using HmmSim.Benchmarks.Harness;

namespace HmmSim.Benchmarks.Simulation;

/// <summary>Accesses when everything hits: the data is in the device after the first sweep, and stays.</summary>
internal sealed class HitBenchmark : IBenchmark
{
    public string Name => "hits";

    public string Summary => "accesses per second when everything hits, runs of consecutive pages and single random pages: --rounds 3";

    public void Run(BenchmarkOptions options)
    {
        int rounds = options.Integer("rounds", 3);
        Rounds accesses = new("access");
        accesses.Add("runs of 512 consecutive pages, one access each", Of(
            "  - { name: sweep, processor: gpu0, pattern: sequential, buffer: data, access: read, passes: 4000, "
            + "warps: 64, pages_per_turn: 512, time_per_access: 100ns }",
            "2MiB"));
        accesses.Add("the same, pages faulted in singly", Of(
            "  - { name: sweep, processor: gpu0, pattern: sequential, buffer: data, access: read, passes: 1000, "
            + "warps: 64, pages_per_turn: 512, time_per_access: 100ns }",
            "4KiB"));
        accesses.Add("single random pages, whole blocks", Of(
            "  - { name: gups, processor: gpu0, pattern: random, buffer: data, access: read, accesses: 40000000, warps: 64, time_per_access: 100ns }", "2MiB"));
        accesses.Add("single random pages, faulted in singly", Of(
            "  - { name: gups, processor: gpu0, pattern: random, buffer: data, access: read, accesses: 40000000, warps: 64, time_per_access: 100ns }", "4KiB"));
        accesses.Print(rounds);
    }

    private static Func<Measurement> Of(string stream, string granularity) =>
        () => ScenarioRuns.Measure(ScenarioRuns.OneDevice("512MiB", "256MiB", granularity, stream), report => report.Totals.Accesses);
}
