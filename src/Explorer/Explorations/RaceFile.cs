using HmmSim.Explorer.Configurations;

namespace HmmSim.Explorer.Explorations;

/// <summary>A file that says what to explore, how, and what to expect.</summary>
/// <param name="Name">Name of the file without folder and extension.</param>
/// <param name="About">What it shows, for people; may be empty.</param>
/// <param name="Configuration">The model; its parameters are complete.</param>
/// <param name="Settings">The engine and its limits.</param>
/// <param name="Expectation">What the exploration is known to find; null if the file does not say.</param>
public sealed record RaceFile(
    string Name,
    string About,
    ModelConfiguration Configuration,
    ExplorationSettings Settings,
    RaceExpectation? Expectation);
