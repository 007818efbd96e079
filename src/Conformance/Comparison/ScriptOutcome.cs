using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>How the replay of one script ended.</summary>
public sealed record ScriptOutcome
{
    /// <summary>The script.</summary>
    public required TraceScript Script { get; init; }

    /// <summary>Operations that were replayed and compared: all, unless the system failed.</summary>
    public required int Operations { get; init; }

    /// <summary>Every mismatch, in order.</summary>
    public required IReadOnlyList<Mismatch> Mismatches { get; init; }

    /// <summary>The first mismatch where the kernel's answer is certain; null if there is none.</summary>
    public MismatchDetail? First { get; init; }

    /// <summary>True if everything that the kernel always answers was answered so.</summary>
    public bool Passed => First is null;
}
