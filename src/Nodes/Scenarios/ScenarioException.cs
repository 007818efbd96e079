using System.Collections.Immutable;
using HmmSim.Nodes.Scenarios.Loading;

namespace HmmSim.Nodes.Scenarios;

/// <summary>A scenario file was refused. Holds every problem that was found, in the order of the file.</summary>
public sealed class ScenarioException : Exception
{
    internal ScenarioException(string file, ImmutableArray<ScenarioProblem> problems)
        : base(string.Join('\n', problems.Select(problem => $"{file}:{problem.Mark.Line}:{problem.Mark.Column}: {problem.Message}")))
    {
        File = file;
        Problems = problems;
    }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>What is wrong with it, at least one.</summary>
    public ImmutableArray<ScenarioProblem> Problems { get; }
}
