using System.Collections.Immutable;
using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Cli;

/// <summary>What this program writes into a result so that it can be had again.</summary>
internal static class ProgramProvenance
{
    /// <summary>The provenance of a run.</summary>
    public static RunProvenance Of(Scenario scenario, string file, ImmutableArray<string> commandLine) => new()
    {
        ScenarioName = scenario.Name,
        ScenarioFile = file,
        ScenarioDigest = ScenarioDigest.Of(scenario).Hex,
        Seed = scenario.Seed,
        Version = ProgramVersion.Current.Version,
        GitCommit = ProgramVersion.Current.GitCommit,
        CommandLine = commandLine,
    };
}
