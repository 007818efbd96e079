using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Scripts;

/// <summary>What a step must answer; null where it does not matter.</summary>
public sealed record Expectation
{
    /// <summary>The errors that are right; success alone unless the step says so.</summary>
    public IReadOnlyList<Errno> Errors { get; init; } = [Errno.None];

    /// <summary>The signal, or none.</summary>
    public FaultSignal Signal { get; init; }

    /// <summary>Pages handled.</summary>
    public int? PageCount { get; init; }

    /// <summary>Device faults.</summary>
    public int? FaultCount { get; init; }

    /// <summary>The values.</summary>
    public PageValues? Values { get; init; }

    /// <summary>A byte for each page; a single one stands for all.</summary>
    public IReadOnlyList<byte>? Permissions { get; init; }
}
