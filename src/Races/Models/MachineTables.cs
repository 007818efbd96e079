using HmmSim.Races.Mutants;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>
/// The tables of the worlds that were explored last. Models of one world share what they learn of its machines, and a state of one can be
/// read by the others; shrinking and explaining make many models of few worlds.
/// </summary>
internal static class MachineTables
{
    private const int Kept = 8;

    private static readonly Lock Gate = new();
    private static readonly LinkedList<(WorldSpec Spec, string Mutation, MachineTable Table)> Tables = [];

    /// <summary>Forgets all tables, so that the next model of any world meets its machines anew.</summary>
    public static void Clear()
    {
        lock (Gate)
        {
            Tables.Clear();
        }
    }

    /// <summary>The table of a world.</summary>
    public static MachineTable Of(WorldSpec spec, string mutation)
    {
        lock (Gate)
        {
            (WorldSpec Spec, string Mutation, MachineTable Table) found = Tables.FirstOrDefault(known => known.Spec == spec && known.Mutation == mutation);
            if (found.Table is null)
            {
                found = (spec, mutation, new MachineTable(new World(spec, MutantCatalogue.MakerOf(mutation))));
            }

            Tables.Remove(found);
            Tables.AddFirst(found);
            if (Tables.Count > Kept)
            {
                Tables.RemoveLast();
            }

            return found.Table;
        }
    }
}
