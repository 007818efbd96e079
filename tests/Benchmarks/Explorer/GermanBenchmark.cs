using System.Diagnostics;
using HmmSim.Benchmarks.Harness;
using HmmSim.Explorer.Samples;
using HmmSim.Explorer.Search;

namespace HmmSim.Benchmarks.Explorer;

/// <summary>
/// Breadth-first search of German's protocol through the public model interface, with invariants: states per second of processor
/// time and of wall-clock time, with one thread and more, and bytes per state.
/// </summary>
/// <remarks>
/// Processor time is that of the whole process, so the garbage collector counts; rates per CPU second are per core. "cores" is
/// processor time divided by wall-clock time in the fastest round: on a busy machine the speed-up cannot be above it.
/// </remarks>
internal sealed class GermanBenchmark : IBenchmark
{
    public string Name => "explore-german";

    public string Summary => "breadth-first search of German's protocol, invariants on: --nodes 4 --rounds 7 --workers 1,2";

    public void Run(BenchmarkOptions options)
    {
        int nodes = options.Integer("nodes", 4);
        int rounds = options.Integer("rounds", 7);
        int[] workers = options.Integers("workers", 1, 2);
        Console.WriteLine($"explore-german, {nodes} nodes, {rounds} rounds, best and median");
        Console.WriteLine(
            $"  {"store",-8} {"threads",7} {"states",10} {"M/CPU-s best",13} {"median",7} "
            + $"{"M/s best",9} {"median",7} {"speed-up",8} {"cores",6} {"B/state",8}");
        foreach (StoreKind store in new[] { StoreKind.Exact, StoreKind.Compact })
        {
            List<Sample>[] samples = [.. workers.Select(_ => new List<Sample>())];
            for (int round = -1; round < rounds; round++)
            {
                for (int index = 0; index < workers.Length; index++)
                {
                    Sample sample = Measure(nodes, store, workers[index]);
                    if (round >= 0)
                    {
                        samples[index].Add(sample);
                    }
                }
            }

            double reference = samples[0].Max(sample => sample.PerSecond);
            for (int index = 0; index < workers.Length; index++)
            {
                List<Sample> mine = samples[index];
                double best = mine.Max(sample => sample.PerSecond);
                Sample fastest = mine.MaxBy(sample => sample.PerSecond);
                Console.WriteLine(
                    $"  {store,-8} {workers[index],7} {mine[0].States,10} "
                    + $"{mine.Max(sample => sample.PerCpuSecond) / 1e6,13:F2} {Median(mine.Select(sample => sample.PerCpuSecond)) / 1e6,7:F2} "
                    + $"{best / 1e6,9:F2} {Median(mine.Select(sample => sample.PerSecond)) / 1e6,7:F2} {best / reference,8:F2} "
                    + $"{fastest.PerSecond / fastest.PerCpuSecond,6:F2} {mine.Max(sample => sample.BytesPerState),8:F1}");
            }
        }
    }

    private static Sample Measure(int nodes, StoreKind store, int workers)
    {
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        TimeSpan processorTime = process.TotalProcessorTime;
        long begin = Stopwatch.GetTimestamp();
        SearchResult result =
            BreadthFirstSearch.Run(new GermanModel(nodes), new SearchOptions { Store = store, Workers = workers });
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        process.Refresh();
        processorTime = process.TotalProcessorTime - processorTime;
        return result.Outcome == SearchOutcome.Exhausted
            ? new Sample(result.States, result.States / processorTime.TotalSeconds, result.States / elapsed.TotalSeconds,
                (double)result.StoreBytes / result.States)
            : throw new ArgumentException($"the search ended with {result.Outcome}");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private readonly record struct Sample(long States, double PerCpuSecond, double PerSecond, double BytesPerState);
}
