namespace HmmSim.Benchmarks.Harness;

/// <summary>A named benchmark of the console harness.</summary>
internal interface IBenchmark
{
    /// <summary>What the user types.</summary>
    string Name { get; }

    /// <summary>One line: what is measured, and its options with their defaults.</summary>
    string Summary { get; }

    /// <summary>Measures and prints.</summary>
    void Run(BenchmarkOptions options);
}
