using System.Globalization;

namespace HmmSim.Explorer.Explorations;

/// <summary>What an exploration is known to find. What is null may be anything.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Property">The violated property.</param>
/// <param name="Steps">Number of steps of the run that violates it.</param>
/// <param name="States">Number of states.</param>
public sealed record RaceExpectation(Verdict Verdict, string? Property, int? Steps, long? States)
{
    /// <summary>Why a report is not as expected, or null if it is.</summary>
    public string? FindDifference(ExplorationReport report) =>
        report.Verdict != Verdict ? $"expected {Configurations.EnumWord.Of(Verdict)}"
        : Property is { } property && report.Counterexample?.PropertyName != property ? $"expected a violation of '{property}'"
        : Steps is { } steps && report.Counterexample?.Length != steps
            ? string.Create(CultureInfo.InvariantCulture, $"expected {steps} steps")
        : States is { } states && report.Find("states") != states
            ? string.Create(CultureInfo.InvariantCulture, $"expected {states} states")
        : null;
}
