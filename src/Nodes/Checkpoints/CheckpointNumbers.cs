using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>The manifests of the checkpoints of one run, numbered on from what its store has.</summary>
/// <param name="scenario">What runs.</param>
/// <param name="store">Where the checkpoints go.</param>
internal sealed class CheckpointNumbers(Scenario scenario, ICheckpointStore store)
{
    private readonly CheckpointIdentity _identity = CheckpointIdentity.Of(scenario);
    private readonly string _text = ScenarioWriter.ToYaml(CheckpointIdentity.WithTraces(scenario, static trace => trace.FullPath));
    private long _last = store.Numbers() is [.., long latest] ? latest : 0;

    /// <summary>The number of the next checkpoint.</summary>
    public long Next() => ++_last;

    /// <summary>The manifest of a checkpoint of these parts.</summary>
    public CheckpointManifest Manifest(long number, long earliestPicoseconds, long lastStepPicoseconds, IEnumerable<CheckpointPart> parts) => new()
    {
        Identity = _identity,
        Number = number,
        VirtualTime = new(earliestPicoseconds),
        LastStep = new(lastStepPicoseconds),
        ScenarioName = scenario.Name,
        ScenarioText = _text,
        Parts = [.. parts],
    };
}
