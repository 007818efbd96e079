using System.Collections.Immutable;
using System.Diagnostics;
using HmmSim.Benchmarks.Harness;
using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Search;
using HmmSim.Races;
using HmmSim.Races.Models;

namespace HmmSim.Benchmarks.Explorer;

/// <summary>
/// Breadth-first search of worlds of the simulator's own protocol with all properties: states per second of processor time. "new" begins
/// with machines that nobody has asked anything; "known" explores the same world again, as shrinking does.
/// </summary>
internal sealed class HmmBenchmark : IBenchmark
{
    private const string CpuChoice = "touch 0 | write 0 | unmap 0 | fork";
    private const string DeviceChoice = "touch 0 | write 0 | migrate 0 | evict | exclusive 0";

    public string Name => "explore-hmm";

    public string Summary => "breadth-first search of worlds of the simulator's protocol: --operations 3 --rounds 5";

    public void Run(BenchmarkOptions options)
    {
        int operations = options.Integer("operations", 3);
        int rounds = options.Integer("rounds", 5);
        ModelConfiguration configuration = Configuration(operations);
        Console.WriteLine($"explore-hmm, 2 CPU threads and 2 devices, every script of {operations} operations, {rounds} rounds, best and median");
        Console.WriteLine($"  {"machines",-8} {"states",10} {"transitions",12} {"machine steps",14} {"k/CPU-s best",13} {"median",7} {"B/state",8}");
        List<double> fresh = [];
        List<double> known = [];
        SearchResult? result = null;
        int steps = 0;
        for (int round = -1; round < rounds; round++)
        {
            MachineTables.Clear();
            (double first, result, steps) = Measure(configuration);
            (double second, _, _) = Measure(configuration);
            if (round >= 0)
            {
                fresh.Add(first);
                known.Add(second);
            }
        }

        foreach ((string name, List<double> rates) in new[] { ("new", fresh), ("known", known) })
        {
            double[] sorted = [.. rates.Order()];
            Console.WriteLine(
                $"  {name,-8} {result!.States,10} {result.Transitions,12} {steps,14} "
                + $"{sorted[^1] / 1e3,13:F0} {sorted[sorted.Length / 2] / 1e3,7:F0} {(double)result.StoreBytes / result.States,8:F1}");
        }
    }

    private static ModelConfiguration Configuration(int operations) => RaceModels.All.Complete(
        new ModelConfiguration("hmm").With("devices", "2").With("operations", $"{operations}") with
        {
            Scripts =
            [
                .. new[] { "cpu1", "cpu2", "device1", "device2" }
                    .Select(actor => new ActorScript(actor, [.. Enumerable.Repeat(actor[0] == 'c' ? CpuChoice : DeviceChoice, operations)])),
            ],
        });

    private static (double PerCpuSecond, SearchResult Result, int MachineSteps) Measure(ModelConfiguration configuration)
    {
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        HmmModel model = (HmmModel)RaceModels.All.Create(configuration);
        SearchResult result = BreadthFirstSearch.Run(model, new SearchOptions());
        process.Refresh();
        TimeSpan spent = process.TotalProcessorTime - before;
        return result.Outcome == SearchOutcome.Exhausted
            ? (result.States / spent.TotalSeconds, result, model.MachineStepCount)
            : throw new ArgumentException($"the search ended with {result.Outcome}");
    }
}
