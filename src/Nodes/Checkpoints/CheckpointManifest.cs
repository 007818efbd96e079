using System.Collections.Immutable;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>What a checkpoint says about itself. It is written last: a checkpoint with a manifest is complete.</summary>
public sealed record CheckpointManifest
{
    /// <summary>Version of the form of manifest and parts; raised with every change of them, or of what any state consists of.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Of which run.</summary>
    public required CheckpointIdentity Identity { get; init; }

    /// <summary>Counts the checkpoints of a store, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Everything before this time is done.</summary>
    public required VirtualTime VirtualTime { get; init; }

    /// <summary>Time of the latest step that was made.</summary>
    public required VirtualTime LastStep { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>The scenario as canonical text, with the full paths of its recorded traces.</summary>
    public required string ScenarioText { get; init; }

    /// <summary>The parts. Together they hold every node once.</summary>
    public required ImmutableArray<CheckpointPart> Parts { get; init; }

    /// <summary>Bytes of all parts.</summary>
    public long Bytes => Parts.Sum(part => part.Bytes);
}
