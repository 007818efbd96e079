using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>Everything about the first mismatch of a script that helps to find its cause.</summary>
public sealed record MismatchDetail
{
    /// <summary>The script.</summary>
    public required TraceScript Script { get; init; }

    /// <summary>Index of the operation, from 0.</summary>
    public required int Step { get; init; }

    /// <summary>What differs.</summary>
    public required IReadOnlyList<MismatchField> Fields { get; init; }

    /// <summary>The calls that the operation came to.</summary>
    public required IReadOnlyList<TargetedCall> Calls { get; init; }

    /// <summary>The answer; null if the system failed.</summary>
    public required TraceResult? Answer { get; init; }

    /// <summary>The message of the exception if the system failed, else null.</summary>
    public string? Failure { get; init; }

    /// <summary>The state before the operation, in which trace and system agreed.</summary>
    public required IReadOnlyList<WindowState> Before { get; init; }

    /// <summary>The state that the trace has after it.</summary>
    public required IReadOnlyList<WindowState> Expected { get; init; }

    /// <summary>The state that the system has after it; empty if the system failed.</summary>
    public required IReadOnlyList<WindowState> Actual { get; init; }
}
