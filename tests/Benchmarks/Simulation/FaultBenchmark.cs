using HmmSim.Benchmarks.Harness;

namespace HmmSim.Benchmarks.Simulation;

/// <summary>The full protocol: a device that is too small sweeps a buffer, so that every page faults in and is evicted again.</summary>
internal sealed class FaultBenchmark : IBenchmark
{
    public string Name => "faults";

    public string Summary => "pages migrated per second through real actors, 4 KiB pages, batches of 256: --rounds 3";

    public void Run(BenchmarkOptions options)
    {
        int rounds = options.Integer("rounds", 3);
        const string Sweep =
            "  - { name: sweep, processor: gpu0, pattern: sequential, buffer: data, access: update, passes: 8, warps: 512, time_per_access: 10ns }";
        const string Random =
            "  - { name: gups, processor: gpu0, pattern: random, buffer: data, access: update, accesses: 400000, warps: 512, time_per_access: 10ns }";
        Rounds pages = new("page");
        pages.Add("sequential, 4 KiB granularity, in and out", () => ScenarioRuns.Measure(
            ScenarioRuns.OneDevice("256MiB", "320MiB", "4KiB", Sweep), report => report.Devices[0].PagesIn + report.Devices[0].PagesOut));
        pages.Add("sequential, 64 KiB granularity, in and out", () => ScenarioRuns.Measure(
            ScenarioRuns.OneDevice("256MiB", "320MiB", "64KiB", Sweep), report => report.Devices[0].PagesIn + report.Devices[0].PagesOut));
        pages.Add("random, 4 KiB granularity, in and out", () => ScenarioRuns.Measure(
            ScenarioRuns.OneDevice("256MiB", "320MiB", "4KiB", Random), report => report.Devices[0].PagesIn + report.Devices[0].PagesOut));
        pages.Print(rounds);
        Rounds faults = new("fault");
        faults.Add("sequential, 4 KiB granularity, faults serviced", () => ScenarioRuns.Measure(
            ScenarioRuns.OneDevice("256MiB", "320MiB", "4KiB", Sweep), report => report.Devices[0].FaultsRaised));
        faults.Print(rounds);
    }
}
