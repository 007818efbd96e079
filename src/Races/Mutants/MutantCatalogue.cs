using HmmSim.Races.Worlds;

namespace HmmSim.Races.Mutants;

/// <summary>All seeded bugs.</summary>
public static class MutantCatalogue
{
    /// <summary>The bugs, by number.</summary>
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("counted_sequence_as_flag", "B9 (04ec32fbc2b2): a valid flag instead of a sequence", new CountedSequenceAsFlag()),
    ];

    /// <summary>The machines of a bug, or the plain ones for <c>none</c>.</summary>
    public static IMachineMaker MakerOf(string name) => All.FirstOrDefault(mutant => mutant.Name == name)?.Machines ?? PlainMachines.Instance;
}
