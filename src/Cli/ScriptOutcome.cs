using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Cli;

/// <summary>How a script ended with one kind of device memory.</summary>
internal sealed record ScriptOutcome
{
    /// <summary>The kind of device memory.</summary>
    public required DeviceMemoryKind Devices { get; init; }

    /// <summary>Calls made.</summary>
    public required long Calls { get; init; }

    /// <summary>Protocol messages that the memories handled.</summary>
    public required long Messages { get; init; }

    /// <summary>Virtual time at the end.</summary>
    public required VirtualDuration VirtualTime { get; init; }

    /// <summary>Digest of all steps.</summary>
    public required string TraceHash { get; init; }

    /// <summary>Steps that did not answer what they must, and conservation checks that failed, a line each.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>True if there are no failures.</summary>
    public bool Passed => Failures.Count == 0;
}
