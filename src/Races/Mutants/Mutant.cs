using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>A seeded bug: machines with one handler or phase replaced.</summary>
/// <param name="Name">What configurations call it.</param>
/// <param name="Bug">The historic bug it stands for: its number in the catalogue, commit and title.</param>
/// <param name="Machines">Makes the machines.</param>
public sealed record Mutant(string Name, string Bug, IMachineMaker Machines);
