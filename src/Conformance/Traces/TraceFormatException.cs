namespace HmmSim.Conformance.Traces;

/// <summary>
/// A trace file does not have the format; the message names file, line and field, says what was expected, and suggests.
/// </summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="field">The field, such as <c>ops[3][2]</c>; empty for the line as a whole.</param>
/// <param name="problem">What is there.</param>
/// <param name="expected">What was expected, and a suggestion where there is one.</param>
public sealed class TraceFormatException(string file, long line, string field, string problem, string expected)
    : Exception($"{file}:{line}: {(field.Length == 0 ? string.Empty : $"{field}: ")}{problem} (expected {expected})")
{
    /// <summary>The line, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>The field, such as <c>ops[3][2]</c>; empty for the line as a whole.</summary>
    public string Field { get; } = field;
}
