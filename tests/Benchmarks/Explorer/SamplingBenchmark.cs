using System.Diagnostics;
using HmmSim.Benchmarks.Harness;
using HmmSim.Explorer.Runs;
using HmmSim.Explorer.Samples;

namespace HmmSim.Benchmarks.Explorer;

/// <summary>
/// Random runs of the page migration sample, all properties checked in every state: runs per second of processor time on one
/// thread.
/// </summary>
internal sealed class SamplingBenchmark : IBenchmark
{
    // Runs of 25 steps on average.
    private const string Scripts = "T0,U0/T0,E0,T0/T0,E0";

    public string Name => "explore-random";

    public string Summary => "random runs of 25 steps by each strategy: --runs 50000 --rounds 5";

    public void Run(BenchmarkOptions options)
    {
        int runs = options.Integer("runs", 50_000);
        int rounds = options.Integer("rounds", 5);
        Console.WriteLine($"explore-random, {Scripts}, {runs} runs, {rounds} rounds, best and median");
        Console.WriteLine($"  {"strategy",-16} {"steps/run",9} {"k runs/CPU-s best",17} {"median",7}");
        SamplingStrategy[] strategies = Enum.GetValues<SamplingStrategy>();
        List<double>[] rates = [.. strategies.Select(_ => new List<double>())];
        double[] lengths = new double[strategies.Length];
        for (int round = -1; round < rounds; round++)
        {
            for (int index = 0; index < strategies.Length; index++)
            {
                (double rate, lengths[index]) = Measure(strategies[index], round < 0 ? Math.Max(1, runs / 10) : runs);
                if (round >= 0)
                {
                    rates[index].Add(rate);
                }
            }
        }

        for (int index = 0; index < strategies.Length; index++)
        {
            double[] sorted = [.. rates[index].Order()];
            Console.WriteLine($"  {strategies[index],-16} {lengths[index],9:F1} {sorted[^1] / 1e3,17:F0} {sorted[sorted.Length / 2] / 1e3,7:F0}");
        }
    }

    private static (double PerCpuSecond, double Length) Measure(SamplingStrategy strategy, int runs)
    {
        PageMigrationModel model = new(Scripts);
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        RunSamplerResult result = RunSampler.Run(model, new RunSamplerOptions { Strategy = strategy, Runs = runs });
        process.Refresh();
        TimeSpan spent = process.TotalProcessorTime - before;
        return result.Outcome == RunOutcome.RunLimit
            ? (runs / spent.TotalSeconds, (double)result.Steps / runs)
            : throw new ArgumentException($"the sampling ended with {result.Outcome}");
    }
}
