using System.Diagnostics;
using System.Globalization;
using System.Text;
using HmmSim.Nodes.Workloads;
using HmmSim.Protocol.Addresses;

namespace HmmSim.Benchmarks.Workloads;

/// <summary>Cost of drawing runs from each access stream, and of reading a lackey trace.</summary>
public static class WorkloadBenchmark
{
    private const int Repeats = 5;

    /// <summary>Prints one line per stream; arguments are trace files to read in addition to a generated one.</summary>
    public static void Run(string[] args)
    {
        var buffer = new PageRange(new VirtualPageNumber(1 << 20), 3_000_000);
        const int Runs = 20_000_000;
        Measure(new UniformRandomWorkload("gups", buffer, Runs));
        Measure(new UniformRandomWorkload("mixed", buffer, Runs, WritePercent: 30));
        Measure(new PointerChaseWorkload("chase", buffer, Runs));
        Measure(new SequentialWorkload("sequential 1", buffer, Passes: 7));
        Measure(new SequentialWorkload("sequential 16", buffer, Passes: 100, PagesPerTurn: 16));
        Measure(new StridedWorkload("strided", buffer, 16, Passes: 100));
        Measure(new StencilWorkload("stencil", new(1 << 20), new(1 << 24), 4_000, 40_000, 50));

        var trace = GeneratedTrace(5_000_000);
        Measure("generated trace", () => new MemoryStream(trace), 5_000_000);
        foreach (var path in args)
        {
            Measure(path, () => TraceFile.Open(path), CountLines(path));
        }
    }

    private static void Measure(Workload workload)
    {
        long runs = 0;
        ulong check = 0;
        var best = Best(() =>
        {
            using var stream = workload.Open(0, 1, 1);
            runs = 0;
            check = 0;
            while (stream.TryNext(out var run))
            {
                runs++;
                check += run.Begin.Value + (ulong)run.Accesses;
            }
        });
        Print(workload.Name, runs, "runs", best, check);
    }

    private static void Measure(string name, Func<Stream> open, long lines)
    {
        ulong check = 0;
        var best = Best(() =>
        {
            using var stream = new LackeyTraceReader(name, open, LackeyTraceOptions.Default);
            check = 0;
            while (stream.TryNext(out var run))
            {
                check += run.Begin.Value + (ulong)run.Accesses;
            }
        });
        Print(name, lines, "lines", best, check);
    }

    private static TimeSpan Best(Action work)
    {
        var best = TimeSpan.MaxValue;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var begin = Stopwatch.GetTimestamp();
            work();
            var elapsed = Stopwatch.GetElapsedTime(begin);
            best = elapsed < best ? elapsed : best;
        }

        return best;
    }

    private static void Print(string name, long count, string unit, TimeSpan time, ulong check)
    {
        var each = time.TotalNanoseconds / count;
        var rate = count / time.TotalMicroseconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(name),-16} {count,11:N0} {unit,-5} {each,7:F2} ns each {rate,7:F1} M/s  (check {check:x})"));
    }

    private static byte[] GeneratedTrace(int lines)
    {
        var random = new SplitMix64(1);
        var text = new StringBuilder();
        for (var line = 0; line < lines; line++)
        {
            var tag = random.Below(10) switch
            {
                < 7 => "I ",
                < 9 => " L",
                _ => " S",
            };
            text.Append(CultureInfo.InvariantCulture, $"{tag} {0x4000000 + random.Below(1 << 24):x8},{1 + random.Below(8)}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static long CountLines(string path)
    {
        using var reader = new StreamReader(TraceFile.Open(path));
        long lines = 0;
        while (reader.ReadLine() is not null)
        {
            lines++;
        }

        return lines;
    }
}
