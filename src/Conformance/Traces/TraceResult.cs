namespace HmmSim.Conformance.Traces;

/// <summary>What an operation answered: the fields of the format, null where the answer has none.</summary>
public sealed record TraceResult
{
    /// <summary>The answer of an operation of a slot without process.</summary>
    public static readonly TraceResult Skipped = new() { IsSkipped = true };

    /// <summary><c>skip</c>: the slot has no process, nothing was done.</summary>
    public bool IsSkipped { get; init; }

    /// <summary><c>e</c>: the error number, 0 for success.</summary>
    public int? Error { get; init; }

    /// <summary><c>sig</c>: number of the signal.</summary>
    public int? Signal { get; init; }

    /// <summary><c>code</c>: code of the signal.</summary>
    public int? Code { get; init; }

    /// <summary><c>c</c>: pages handled.</summary>
    public int? PageCount { get; init; }

    /// <summary><c>f</c>: device faults.</summary>
    public int? FaultCount { get; init; }

    /// <summary><c>v</c>: a value for each page; a load of one page has one.</summary>
    public IReadOnlyList<ulong>? Values { get; init; }

    /// <summary><c>s</c>: a byte of permissions for each page.</summary>
    public IReadOnlyList<byte>? Permissions { get; init; }
}
