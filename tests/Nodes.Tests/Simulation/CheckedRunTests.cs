using CsCheck;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Tests.Scenarios;
using Xunit.Sdk;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>
/// Random scenarios with page values: whatever moves, whoever evicts, no store may be lost, no frame leaked, nobody left waiting,
/// and the number of lanes must not show.
/// </summary>
public sealed class CheckedRunTests : IDisposable
{
    // Set HMMSIM_CHECKED_RUNS for a longer search, among scenarios drawn anew.
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("HMMSIM_CHECKED_RUNS");
    private static readonly bool IsSearching = !string.IsNullOrEmpty(Wanted);
    private static readonly int Runs = IsSearching ? int.Parse(Wanted!, System.Globalization.CultureInfo.InvariantCulture) : 80;

    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-checked-").FullName;

    public CheckedRunTests()
    {
        // A program that walks 40 pages three times and stores to every other one.
        IEnumerable<string> lines = Enumerable.Range(0, 120).Select(i => $" {(i % 2 == 0 ? 'S' : 'L')} {0x4000000 + (i % 40 * 4096):x8},8\n");
        ScenarioText.WriteTrace(Path.Combine(_folder, RandomScenario.TraceName), string.Concat(lines));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Random_scenarios_keep_every_store_and_do_not_depend_on_lanes()
    {
        int withValues = 0;
        int withEvictions = 0;
        int withRemoteAccesses = 0;
        if (IsSearching)
        {
            RandomScenario.Texts.Sample(Count, iter: Runs, threads: 1);
        }
        else
        {
            foreach (string text in RandomScenario.Texts.First(Runs))
            {
                Count(text);
            }
        }

        // Without these the scenarios would be too tame to show anything.
        Assert.True(withValues > Runs / 2, $"only {withValues} runs of {Runs} count values");
        Assert.True(withEvictions > Runs / 10, $"only {withEvictions} runs of {Runs} evict");
        Assert.True(withRemoteAccesses > Runs / 10, $"only {withRemoteAccesses} runs of {Runs} access memory remotely");

        void Count(string text)
        {
            RunReport report = Check(text);
            withValues += report.Checks.Any(check => check.Name == "page values count every store") ? 1 : 0;
            withEvictions += report.Devices.Any(device => device.EvictedChunks > 0) ? 1 : 0;
            withRemoteAccesses += report.Processors.Any(processor => processor.RemoteAccesses > 0) ? 1 : 0;
        }
    }

    private RunReport Check(string text)
    {
        try
        {
            Scenario scenario = ScenarioLoader.Parse(text, "random.yaml", _folder);
            RunReport report = Simulate.Run(scenario);
            Assert.Equal(report.Totals.TraceHash, Simulate.Run(scenario, lanes: 3).Totals.TraceHash);
            return report;
        }
        catch (Exception exception) when (exception is not XunitException { InnerException: not null })
        {
            throw new XunitException($"{exception.Message}\n{text}", exception);
        }
    }
}
