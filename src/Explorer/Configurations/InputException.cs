using System.Collections.Immutable;

namespace HmmSim.Explorer.Configurations;

/// <summary>
/// A file was refused. The message has a line for each problem: file, line, column, what is wrong, what was expected.
/// </summary>
public sealed class InputException : Exception
{
    /// <param name="file">The file as the user named it.</param>
    /// <param name="problems">At least one.</param>
    public InputException(string file, params ImmutableArray<InputProblem> problems)
        : base(string.Join('\n', problems.OrderBy(problem => (problem.Line, problem.Column))
            .Select(problem => $"{file}:{problem.Line}:{problem.Column}: {problem.Message}")))
    {
        File = file;
        Problems = problems;
    }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>What is wrong with it.</summary>
    public ImmutableArray<InputProblem> Problems { get; }
}
