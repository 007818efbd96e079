using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>Mismatches of one operation in one field.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Field">The field.</param>
/// <param name="FirstInScripts">Scripts whose first mismatch has this field: what follows a first mismatch is often only its
/// consequence.</param>
/// <param name="Mismatches">Where the kernel's answer is certain.</param>
/// <param name="UnstableMismatches">At and after <c>nd_smp</c>.</param>
public sealed record MismatchRow(OperationKind Operation, MismatchField Field, long FirstInScripts, long Mismatches,
    long UnstableMismatches);
