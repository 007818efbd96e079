namespace HmmSim.Conformance.Scripts;

/// <summary>
/// A script scenario is refused; the message names file, line and column, says what was expected, and suggests.
/// </summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="column">The column, from 1.</param>
/// <param name="problem">What is there.</param>
/// <param name="expected">What was expected, and a suggestion where there is one.</param>
public sealed class ScriptFormatException(string file, long line, long column, string problem, string expected)
    : Exception($"{file}:{line}:{column}: {problem} (expected {expected})")
{
    /// <summary>The line, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>The column, from 1.</summary>
    public long Column { get; } = column;
}
