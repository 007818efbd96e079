using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Replay;

/// <summary>What an operation of a trace comes to: calls in order, or an answer without any.</summary>
public sealed record TranslatedOperation
{
    /// <summary>The calls, each begun when the one before has ended.</summary>
    public IReadOnlyList<TargetedCall> Calls { get; init; } = [];

    /// <summary>The file to be made before the first call, or null.</summary>
    public NewFile? File { get; init; }

    /// <summary>The answer where there is no call, else null.</summary>
    public TraceResult? Answer { get; init; }
}
