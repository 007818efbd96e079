namespace HmmSim.Explorer.Explorations;

/// <summary>One count of an exploration.</summary>
/// <param name="Name">What was counted.</param>
/// <param name="Value">How many.</param>
public sealed record ExplorationFigure(string Name, long Value);
