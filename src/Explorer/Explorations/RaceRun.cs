using HmmSim.Explorer.Configurations;
using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Explorations;

/// <summary>One entry of the catalogue and what came of it.</summary>
/// <param name="Race">The file.</param>
/// <param name="Report">What the exploration found.</param>
/// <param name="Difference">Why that is not what the file expects; null if it is.</param>
public sealed record RaceRun(RaceFile Race, ExplorationReport Report, string? Difference)
{
    /// <summary>Explores what a file says.</summary>
    /// <exception cref="EngineException">The model does not tell what the engine needs.</exception>
    public static RaceRun Of(RaceFile race, ModelRegistry models, ExplorationSettings settings)
    {
        IModel model = models.Create(race.Configuration);
        ExplorationReport report = Exploration.Run(model, settings);
        return new RaceRun(race, report, race.Expectation is { } expected
            ? expected.FindDifference(report)
            : "the file says nothing to expect");
    }
}
