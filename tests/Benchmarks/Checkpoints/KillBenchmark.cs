using System.Diagnostics;
using System.Globalization;
using HmmSim.Benchmarks.Harness;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Coordination;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Simulation;

namespace HmmSim.Benchmarks.Checkpoints;

/// <summary>
/// Kills members at random moments of runs on three of them, every fifth time a second one during the recovery, and says whether each run
/// ended with the trace hash of an undisturbed one, and how long it took from the kill until virtual time went on.
/// </summary>
internal sealed class KillBenchmark : IBenchmark
{
    private const int Members = 3;
    private const int SecondKillEvery = 5;
    private static readonly TimeSpan HangTimeout = TimeSpan.FromSeconds(180);

    public string Name => "kills";

    public string Summary =>
        "kill -9 of members at random moments of runs with checkpoints: --kills 50 --accesses 4000 --every-ms 500 --seed 1 "
        + "--told 1 (2: the loss is found by silence)";

    public void Run(BenchmarkOptions options) => RunAsync(options).GetAwaiter().GetResult();

    private static async Task RunAsync(BenchmarkOptions options)
    {
        int kills = options.Integer("kills", 50);
        Random random = new(options.Integer("seed", 1));
        TimeSpan every = TimeSpan.FromMilliseconds(options.Integer("every-ms", 500));
        bool told = options.Integer("told", 1) == 1;
        Scenario scenario = TalkingHosts.Of(options.Integer("accesses", 4000));
        string expected = new ActorSimulator().Run(scenario, new RunOptions(), new Nobody(), CancellationToken.None).Totals.TraceHash;
        ClusterNode node = await ClusterNode.JoinAsync(
            new ClusterNodeOptions { Role = ClusterNodeOptions.SubmitterRole, OnSplit = SplitRule.Oldest }, null, CancellationToken.None).ConfigureAwait(false);
        List<ChildMember> members = [];
        List<double> seconds = [];
        (int right, int hangs, int done, int fromCheckpoint) = (0, 0, 0, 0);
        double undisturbed = 0;
        for (int run = 0; done < kills; run++)
        {
            while (members.Count < Members)
            {
                members.Add(await ChildMember.StartAsync(node.Address).ConfigureAwait(false));
            }

            Trial trial = new(node, scenario, members, told, random, undisturbed, every) { KillsTwice = run % SecondKillEvery == SecondKillEvery - 1 };
            Outcome outcome = await trial.RunAsync(HangTimeout).ConfigureAwait(false);
            if (run == 0)
            {
                undisturbed = outcome.Seconds;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  undisturbed with checkpoints: {undisturbed:F1} s, hash {(outcome.Hash == expected ? "right" : "WRONG")}"));
                continue;
            }

            done += outcome.Kills;
            right += outcome.Hash == expected ? outcome.Kills : 0;
            hangs += outcome.Hash is null ? 1 : 0;
            fromCheckpoint += outcome.FromCheckpoint ? 1 : 0;
            seconds.AddRange(outcome.SecondsToProgress);
            string waits = string.Join(", ", outcome.SecondsToProgress.Select(each => each.ToString("F1", CultureInfo.InvariantCulture)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {done,3} kills, {right} right, {hangs} hangs; this run {outcome.Seconds:F1} s, "
                + $"{outcome.Kills} kill(s) at {outcome.KilledAt:F1} s, progress again after [{waits}] s {outcome.Note}"));
        }

        double[] sorted = [.. seconds.Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{done} kills: {right} in runs with the right hash, {hangs} hangs, {fromCheckpoint} runs went on from a checkpoint; "
            + $"from kill to progress: median {sorted.ElementAtOrDefault(sorted.Length / 2):F1} s, longest {sorted.LastOrDefault():F1} s"));
        members.ForEach(member => member.Dispose());
        await node.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>How a run with kills went.</summary>
    internal sealed record Outcome(
        string? Hash, int Kills, double KilledAt, double Seconds, IReadOnlyList<double> SecondsToProgress, bool FromCheckpoint, string Note);

    private sealed class Nobody : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
        }
    }

    /// <summary>One run, in which one member is killed at a random moment, or two.</summary>
    private sealed class Trial(
        ClusterNode node, Scenario scenario, List<ChildMember> members, bool told, Random random, double expectedSeconds, TimeSpan every)
        : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();
        private readonly List<double> _toProgress = [];
        private readonly long _begin = Stopwatch.GetTimestamp();
        private long _killedAt;
        private double _firstKill;
        private int _kills;
        private bool _wentOn;
        private bool _fromCheckpoint;
        private bool _secondPlanned;

        public bool KillsTwice { get; init; }

        public async Task<Outcome> RunAsync(TimeSpan timeout)
        {
            string folder = Directory.CreateTempSubdirectory("hmmsim-kills-").FullName;
            using CancellationTokenSource late = new(timeout);
            try
            {
                ClusterSimulator simulator = new(node, new RunSettings(), Note);
                await simulator.WaitForMembersAsync(members.Count, timeout, late.Token).ConfigureAwait(false);
                CheckpointSettings settings = new() { Store = CheckpointStores.Open(folder), Every = every };
                Task<RunReport> run = Task.Run(() => simulator.Run(scenario, new RunOptions { Checkpoints = settings }, this, late.Token));
                if (expectedSeconds > 0)
                {
                    await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * expectedSeconds)), run).ConfigureAwait(false);
                    if (!run.IsCompleted)
                    {
                        KillOne();
                    }
                }

                RunReport report = await run.ConfigureAwait(false);
                return Result(report.Totals.TraceHash, "");
            }
            catch (Exception exception) when (exception is OperationCanceledException or ClusterException)
            {
                return Result(null, exception.Message);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        public void Report(RunProgress value)
        {
            lock (_lock)
            {
                if (_wentOn && value.Steps > 0)
                {
                    _wentOn = false;
                    _toProgress.Add(Stopwatch.GetElapsedTime(_killedAt).TotalSeconds);
                }
            }
        }

        private Outcome Result(string? hash, string note) =>
            new(hash, _kills, _firstKill, Stopwatch.GetElapsedTime(_begin).TotalSeconds, _toProgress, _fromCheckpoint, note);

        private void KillOne()
        {
            lock (_lock)
            {
                ChildMember victim = members[random.Next(members.Count)];
                _firstKill = _kills == 0 ? Stopwatch.GetElapsedTime(_begin).TotalSeconds : _firstKill;
                _kills++;
                _killedAt = Stopwatch.GetTimestamp();
                _wentOn = false;
                members.Remove(victim);
                victim.Kill();
                if (told)
                {
                    node.Remove(victim.Address);
                }

                victim.Dispose();
            }
        }

        // A new attempt: "2 host(s) on 2 member(s)", and then perhaps "goes on from checkpoint".
        private void Note(string note)
        {
            if (Environment.GetEnvironmentVariable("KILLS_VERBOSE") is not null)
            {
                Console.WriteLine($"    {Stopwatch.GetElapsedTime(_begin).TotalSeconds:F2} {note}");
            }

            bool second = false;
            lock (_lock)
            {
                _wentOn |= _kills > 0 && note.Contains("member(s):", StringComparison.Ordinal);
                _fromCheckpoint |= note.StartsWith("goes on from", StringComparison.Ordinal);
                second = KillsTwice && _kills == 1 && _wentOn && !_secondPlanned;
                _secondPlanned |= second;
            }

            if (second)
            {
                Task.Run(async () =>
                {
                    await Task.Delay(random.Next(0, 300)).ConfigureAwait(false);
                    KillOne();
                });
            }
        }
    }
}
