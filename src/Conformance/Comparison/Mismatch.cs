using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Comparison;

/// <summary>One field of one operation that is not as recorded.</summary>
/// <param name="Step">Index of the operation in its script, from 0.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Field">What differs.</param>
/// <param name="IsUnstable">True if the kernel itself does not always answer as recorded there (<c>nd_smp</c>).</param>
public readonly record struct Mismatch(int Step, OperationKind Operation, MismatchField Field, bool IsUnstable);
