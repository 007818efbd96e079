using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Scripts;

/// <summary>
/// A scenario that is a script: calls of processes and what each must answer, instead of access streams. Loaded and checked by
/// <see cref="ScriptLoader"/>.
/// </summary>
public sealed record ScriptScenario
{
    /// <summary>Name of the process that is there at the begin.</summary>
    public const string FirstProcess = "main";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The test of the kernel it is, such as <c>hmm2.migrate_mixed</c>; empty if it is none.</summary>
    public required string Selftest { get; init; }

    /// <summary>The kinds of device memory it runs with.</summary>
    public required IReadOnlyList<DeviceMemoryKind> Devices { get; init; }

    /// <summary>Its buffers.</summary>
    public required IReadOnlyList<ScriptBuffer> Buffers { get; init; }

    /// <summary>Its files.</summary>
    public required IReadOnlyList<ScriptFile> Files { get; init; }

    /// <summary>Its steps.</summary>
    public required IReadOnlyList<ScriptStep> Steps { get; init; }
}
