using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>Figures of a run over one trace file.</summary>
public sealed record ConformanceReport
{
    /// <summary>Scripts that were replayed.</summary>
    public long Scripts { get; init; }

    /// <summary>Scripts with a mismatch where the kernel's answer is certain.</summary>
    public long FailedScripts { get; init; }

    /// <summary>Operations that were replayed and compared.</summary>
    public long Operations { get; init; }

    /// <summary>Of these, the operations from which on the kernel does not always answer as recorded (<c>nd_smp</c>).</summary>
    public long UnstableOperations { get; init; }

    /// <summary>Mismatches where the kernel's answer is certain.</summary>
    public long Mismatches => Rows.Sum(row => row.Mismatches);

    /// <summary>Mismatches at and after <c>nd_smp</c>; they fail nothing.</summary>
    public long UnstableMismatches => Rows.Sum(row => row.UnstableMismatches);

    /// <summary>Mismatches by operation and field, in this order; pairs without any are left out.</summary>
    public required IReadOnlyList<MismatchRow> Rows { get; init; }

    /// <summary>True if the run ended before the end of the file, with the first script that did not pass.</summary>
    public bool IsStopped { get; init; }

    /// <summary>True if nothing differed where the kernel's answer is certain.</summary>
    public bool Passed => FailedScripts == 0;
}
