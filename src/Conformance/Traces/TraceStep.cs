namespace HmmSim.Conformance.Traces;

/// <summary>An operation of a script with what the kernel answered.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Text">The operation in the words of the format, such as <c>m2d 0 0 0 0 4</c>.</param>
/// <param name="Result">The recorded answer.</param>
/// <param name="Changes">The windows whose state is no longer what it was after the operation before (<c>st</c>).</param>
public sealed record TraceStep(TraceOperation Operation, string Text, TraceResult Result, IReadOnlyList<WindowState> Changes);
