using HmmSim.Nodes.Observation;

namespace HmmSim.Benchmarks.Scaling;

/// <summary>
/// Runs of one scenario by several contenders, in alternating rounds: how long each takes, and the ratio to the first contender of
/// the same round. The first round warms up. All must pass their checks and show the same trace hash.
/// </summary>
internal sealed class RunRounds
{
    private readonly List<Contender> _contenders = [];

    /// <summary>Adds a contender; the first one is the reference.</summary>
    /// <param name="name">What the table calls it.</param>
    /// <param name="run">One run.</param>
    /// <param name="remark">Something about the last run.</param>
    /// <param name="processorTime">Computing time used so far by whoever carries it out; that of this process if it is left out.</param>
    public void Add(string name, Func<RunReport> run, Func<string>? remark = null, Func<TimeSpan>? processorTime = null) =>
        _contenders.Add(new Contender(name, run, remark ?? (() => ""), processorTime ?? (() => Environment.CpuUsage.TotalTime)));

    /// <summary>Runs all rounds and prints a table.</summary>
    public void Print(int rounds)
    {
        for (int round = -1; round < rounds; round++)
        {
            foreach (Contender contender in _contenders)
            {
                TimeSpan before = contender.ProcessorTime();
                RunReport report = contender.Run();
                if (round >= 0)
                {
                    contender.Add(report, contender.ProcessorTime() - before);
                }
            }
        }

        Contender reference = _contenders[0];
        Console.WriteLine($"  {"contender",-44} {"s",8} {"CPU-s",8} {"speed-up",9} {"best",6}  hash");
        foreach (Contender contender in _contenders)
        {
            double[] ratios = [.. contender.Seconds.Zip(reference.Seconds, (mine, theirs) => theirs / mine)];
            Console.WriteLine(
                $"  {contender.Name,-44} {Median(contender.Seconds),8:F2} {Median(contender.ProcessorSeconds),8:F2} {Median(ratios),9:F2} "
                + $"{ratios.Max(),6:F2}  {contender.Hash} {contender.Remark()}");
            if (contender.Hash != reference.Hash)
            {
                throw new InvalidOperationException($"{contender.Name} has another trace hash than {reference.Name}");
            }
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Contender(string Name, Func<RunReport> Run, Func<string> Remark, Func<TimeSpan> ProcessorTime)
    {
        public List<double> Seconds { get; } = [];

        public List<double> ProcessorSeconds { get; } = [];

        public string Hash { get; private set; } = "";

        public void Add(RunReport report, TimeSpan processorTime)
        {
            if (!report.Passed)
            {
                throw new InvalidOperationException(string.Join("; ", report.Checks.Where(check => !check.Passed).Select(check => check.Detail)));
            }

            if (Hash.Length > 0 && Hash != report.Totals.TraceHash)
            {
                throw new InvalidOperationException($"{Name} has shown two trace hashes");
            }

            Hash = report.Totals.TraceHash;
            Seconds.Add(report.Performance.WallTime.TotalSeconds);
            ProcessorSeconds.Add(processorTime.TotalSeconds);
        }
    }
}
