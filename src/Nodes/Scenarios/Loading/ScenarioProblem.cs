namespace HmmSim.Nodes.Scenarios.Loading;

/// <summary>One reason why a scenario file was refused.</summary>
/// <param name="Mark">Where it is.</param>
/// <param name="Message">What is wrong, what was expected and, if something near exists, what was probably meant.</param>
public sealed record ScenarioProblem(SourceMark Mark, string Message);
