using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>What a run and a checkpoint must have in common: only then does the run go on as it would have without a break.</summary>
/// <param name="Program">Version and commit of the program.</param>
/// <param name="Seed">The seed.</param>
/// <param name="ScenarioDigest">Digest of the scenario with that seed; recorded traces count by their content, not by their names.</param>
public sealed record CheckpointIdentity(string Program, ulong Seed, string ScenarioDigest)
{
    /// <summary>The identity of a run of a scenario by this program.</summary>
    public static CheckpointIdentity Of(Scenario scenario) =>
        new(ClusterProtocol.ProgramVersion, scenario.Seed, Scenarios.ScenarioDigest.Of(WithTraces(scenario, static trace => trace.ContentDigest)).Hex);

    /// <summary>The scenario with other names for its recorded traces.</summary>
    internal static Scenario WithTraces(Scenario scenario, Func<TracePattern, string> name) => scenario with
    {
        Streams =
        [
            .. scenario.Streams.Select(
                stream => stream.Pattern is TracePattern trace ? stream with { Pattern = trace with { File = name(trace) } } : stream),
        ],
    };
}
