using HmmSim.Benchmarks.Harness;
using HmmSim.Nodes.Lanes;

namespace HmmSim.Benchmarks.Phold;

/// <summary>Real actors on lanes against a sequential heap, on the standard workload of parallel discrete-event simulation.</summary>
internal sealed class PholdBenchmark : IBenchmark
{
    public string Name => "phold";

    public string Summary =>
        "real actors on lanes against a hand-written sequential heap: --lps 64,1024 --events 1 --remote 50 "
        + "--lookahead 50 (percent of the mean increment) --work 0 (rounds of about 3 ns per event) --lanes 1 --rounds 7 --million 3";

    public void Run(BenchmarkOptions options)
    {
        int eventsEach = options.Integer("events", 1);
        int remotePercent = options.Integer("remote", 50);
        int lookaheadPercent = options.Integer("lookahead", 50);
        int work = options.Integer("work", 0);
        int[] lanes = options.Integers("lanes", 1);
        int rounds = options.Integer("rounds", 7);
        long events = options.Integer("million", 3) * 1_000_000L;
        if (remotePercent > 100)
        {
            throw new ArgumentException($"--remote is {remotePercent}, expected 1 to 100 percent");
        }

        foreach (int processes in options.Integers("lps", 64, 1024))
        {
            long lookahead = PholdModel.MeanPicoseconds * lookaheadPercent / 100;
            long until = events / processes / eventsEach * (PholdModel.MeanPicoseconds + lookahead);
            var model = new PholdModel(processes, lookahead, remotePercent, work);
            Console.WriteLine(
                $"PHOLD, {processes} logical processes, {eventsEach} initial events each, remote {remotePercent} %, "
                + $"lookahead {lookaheadPercent} % of the mean increment, {work} rounds of work, {rounds} rounds");
            var table = new Rounds("event");
            table.Add("sequential 4-ary heap, virtual call per LP", () => SequentialPhold.Run(model, eventsEach, until));
            foreach (int count in lanes)
            {
                LaneThreading[] ways = count == 1 ? [LaneThreading.Serial] : [LaneThreading.Adaptive, LaneThreading.Parallel];
                foreach (LaneThreading way in ways)
                {
                    string name = count == 1 ? "real actors on 1 lane" : $"real actors on {count} lanes, {way}";
                    table.Add(name, () => ActorPhold.Run(model, eventsEach, until, count, way));
                }
            }

            table.Print(rounds);
        }
    }
}
