using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Explorations;

/// <summary>What an exploration found, the same form for every engine.</summary>
/// <param name="Verdict">What it says about the model.</param>
/// <param name="Ending">Why it ended, in a few words.</param>
/// <param name="Figures">Counts by name, in an order for people.</param>
/// <param name="Counterexample">A run that violates a property, or null.</param>
public sealed record ExplorationReport(
    Verdict Verdict,
    string Ending,
    IReadOnlyList<ExplorationFigure> Figures,
    Counterexample? Counterexample)
{
    /// <summary>The value of a figure, or null if the engine has none of this name.</summary>
    public long? Find(string name) => Figures.FirstOrDefault(figure => figure.Name == name)?.Value;
}
