using HmmSim.Benchmarks.Checkpoints;
using HmmSim.Benchmarks.Explorer;
using HmmSim.Benchmarks.Harness;
using HmmSim.Benchmarks.Phold;
using HmmSim.Benchmarks.PingPong;
using HmmSim.Benchmarks.Scaling;
using HmmSim.Benchmarks.Simulation;
using HmmSim.Benchmarks.Workloads;

// One line per benchmark; each lies in a folder of its own.
IBenchmark[] benchmarks = 
[
    new PholdBenchmark(),
    new PingPongBenchmark(),
    new FaultBenchmark(),
    new HitBenchmark(),
    new MemoryBenchmark(),
    new FootprintBenchmark(),
    new StreamBenchmark(),
    new MembersBenchmark(),
    new LanesBenchmark(),
    new GermanBenchmark(),
    new SamplingBenchmark(),
    new HmmBenchmark(),
    new CheckpointBenchmark(),
    new KillBenchmark(),
];

if (args.Length == 0 || benchmarks.FirstOrDefault(b => b.Name == args[0]) is not { } chosen)
{
    Console.Error.WriteLine("usage: Benchmarks <name> [--option value]...   (build with -c Release)");
    foreach (IBenchmark benchmark in benchmarks)
    {
        Console.Error.WriteLine($"  {benchmark.Name,-14} {benchmark.Summary}");
    }

    return 1;
}

try
{
    chosen.Run(new BenchmarkOptions(args[1..]));
    return 0;
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine($"{chosen.Name}: {exception.Message}");
    return 1;
}
