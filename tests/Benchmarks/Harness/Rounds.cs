namespace HmmSim.Benchmarks.Harness;

/// <summary>
/// Measures several contenders in one process, in alternating rounds, so that a change of the machine's speed hits all of
/// them. The first round warms up and does not count. Reported is the median rate, and the median over the rounds of the
/// ratio to the first contender of the same round, which is what may be compared between machines.
/// </summary>
internal sealed class Rounds(string unit)
{
    private readonly List<(string Name, Func<Measurement> Run)> _contenders = [];

    /// <summary>Adds a contender; the first one is the reference.</summary>
    /// <param name="name">What the table calls it.</param>
    /// <param name="run">One measured run: does its own set-up outside the clock, see <see cref="Measurement.Of"/>.</param>
    public void Add(string name, Func<Measurement> run) => _contenders.Add((name, run));

    /// <summary>Runs all rounds and prints a table.</summary>
    public void Print(int rounds)
    {
        Measurement[][] results = [.. _contenders.Select(_ => new Measurement[rounds])];
        for (int round = -1; round < rounds; round++)
        {
            for (int index = 0; index < _contenders.Count; index++)
            {
                Measurement result = _contenders[index].Run();
                if (round >= 0)
                {
                    results[index][round] = result;
                }
            }
        }

        Console.WriteLine($"  {"contender",-44} {"M " + unit + "/s",12} {"ratio",8} {"B/" + unit,8}  {"hash",16}");
        for (int index = 0; index < _contenders.Count; index++)
        {
            double rate = Median(results[index].Select(result => result.RatePerSecond));
            double ratio = Median(results[index].Zip(results[0], (mine, reference) => mine.RatePerSecond / reference.RatePerSecond));
            Measurement any = results[index][0];
            Console.WriteLine($"  {_contenders[index].Name,-44} {rate / 1e6,12:F2} {ratio,8:F2} {any.BytesPerItem,8:F1}  {any.Hash,16:x16}");
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
