using HmmSim.Benchmarks.Harness;

namespace HmmSim.Benchmarks.Workloads;

/// <summary>Runs <see cref="WorkloadBenchmark"/> under the harness.</summary>
internal sealed class StreamBenchmark : IBenchmark
{
    public string Name => "streams";

    public string Summary => "cost of drawing runs from each access stream, and of reading a generated lackey trace";

    public void Run(BenchmarkOptions options) => WorkloadBenchmark.Run([]);
}
