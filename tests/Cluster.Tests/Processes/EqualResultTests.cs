using System.Text.RegularExpressions;
using CsCheck;
using HmmSim.Nodes.Checkpoints;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Tests.Simulation;
using Xunit.Sdk;

namespace HmmSim.Cluster.Tests.Processes;

/// <summary>
/// The promise of a run in one table: whatever the scenario, and on however many lanes and members it runs, and even if a member is lost
/// meanwhile, the result is that of one lane.
/// </summary>
public sealed partial class EqualResultTests(ElasticCluster cluster) : IClassFixture<ElasticCluster>, IDisposable
{
    private const string RandomName = "random";
    private const int MostAttempts = 30;

    // A random scenario, whose hosts share all buffers, takes members some seconds. Set HMMSIM_EQUAL_RUNS to run so many in every way.
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("HMMSIM_EQUAL_RUNS");
    private static readonly int Runs = Number(Wanted, 20);
    private static readonly int RunsOnMembers = Number(Wanted, 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-equal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("quickstart.yaml", 2)]
    [InlineData("quickstart.yaml", 4)]
    [InlineData("ring-64.yaml", 2)]
    [InlineData("ring-64.yaml", 4)]
    [InlineData(RandomName, 2)]
    [InlineData(RandomName, 4)]
    public Task On_lanes(string name, int lanes) => EachAsync(name, Runs, (scenario, _) => Task.FromResult(LocalRun.Of(scenario, lanes)));

    [Theory]
    [InlineData("quickstart.yaml", 2, 1)]
    [InlineData("quickstart.yaml", 3, 1)]
    [InlineData("ring-64.yaml", 2, 1)]
    [InlineData("ring-64.yaml", 3, 1)]
    [InlineData("ring-64.yaml", 3, 2)]
    [InlineData(RandomName, 2, 1)]
    [InlineData(RandomName, 3, 1)]
    public Task On_members(string name, int members, int lanes) => EachAsync(name, RunsOnMembers, async (scenario, _) =>
    {
        await cluster.ResizeAsync(members);
        RunReport report = await cluster.Submitter.RunAsync(scenario, lanes);
        Assert.Equal(Math.Min(members, scenario.Hosts.Length), report.Performance.Members);
        return report;
    });

    [Theory]
    [InlineData("quickstart.yaml")]
    [InlineData("islands.yaml")]
    [InlineData(RandomName)]
    public Task On_three_members_of_which_one_is_killed_after_a_checkpoint(string name) => EachAsync(name, RunsOnMembers, async (scenario, number) =>
    {
        // A short run may end before its first checkpoint is whole.
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            await cluster.ResizeAsync(3);
            (RunReport report, bool isKilled, bool isResumed) = await RunWithKillAsync(scenario, number, Path.Combine(_folder, $"{number}-{attempt}"));
            if (isKilled)
            {
                Assert.True(isResumed);
                Assert.Equal(Math.Min(2, scenario.Hosts.Length), report.Performance.Members);
                return report;
            }
        }

        throw new XunitException($"{MostAttempts} runs ended before a checkpoint");
    });

    private async Task<(RunReport Report, bool IsKilled, bool IsResumed)> RunWithKillAsync(Scenario scenario, int number, string folder)
    {
        List<SeedAddress> members = [];
        int killed = 0;
        bool isResumed = false;
        cluster.Submitter.Noted = note =>
        {
            if (members.Count == 0)
            {
                members.AddRange(Address().Matches(note).Select(
                    match => SeedAddress.TryParse(match.Value, out SeedAddress? address) ? address : throw new FormatException(note)));
            }

            isResumed |= note.StartsWith("goes on from checkpoint", StringComparison.Ordinal);
        };
        CheckpointSettings checkpoints = new()
        {
            Store = CheckpointStores.Open(folder),
            Every = TimeSpan.FromMilliseconds(1),
            LargestPauseShare = 1,
            Note = _ =>
            {
                if (Interlocked.Exchange(ref killed, 1) == 0)
                {
                    cluster.Kill(members[number % members.Count]);
                }
            },
        };
        RunReport report = await cluster.Submitter.RunAsync(scenario, checkpoints: checkpoints);
        return (report, Volatile.Read(ref killed) == 1, isResumed);
    }

    /// <summary>Runs a scenario, or many random ones, in some way, and compares each with one lane of this process.</summary>
    private static async Task EachAsync(string name, int runs, Func<Scenario, int, Task<RunReport>> run)
    {
        Scenario[] scenarios = name == RandomName ? [.. RandomScenarios().Take(runs)] : [LocalRun.Shipped(name)];
        for (int number = 0; number < scenarios.Length; number++)
        {
            try
            {
                RunReport report = await run(scenarios[number], number);
                Assert.Equal(ResultText.Of(LocalRun.OfKnown($"{name} {number}", scenarios[number])), ResultText.Of(report));
            }
            catch (Exception exception) when (name == RandomName)
            {
                throw new XunitException($"random scenario {number}: {exception.Message}\n{ScenarioWriter.ToYaml(scenarios[number])}", exception);
            }
        }
    }

    // Without recorded traces: the shipped scenarios have some.
    private static IEnumerable<Scenario> RandomScenarios() => RandomScenario.TextsOfSeveralHosts
        .Where(text => !text.Contains("trace", StringComparison.Ordinal))
        .First(int.MaxValue)
        .Select(text => ScenarioLoader.Parse(text, "random", "."));

    private static int Number(string? wanted, int otherwise) =>
        string.IsNullOrEmpty(wanted) ? otherwise : int.Parse(wanted, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[\d.]+:\d+")]
    private static partial Regex Address();
}
