using HmmSim.Races.Symmetry;

namespace HmmSim.Races.Models;

/// <summary>Devices, and threads, that do the same are interchangeable.</summary>
public partial class HmmModel
{
    private readonly Lazy<StateRenamer[]> _renamers;

    /// <inheritdoc/>
    public int PermutationCount => _renamers.Value.Length;

    /// <inheritdoc/>
    public void Permute(int permutation, ReadOnlySpan<ulong> source, Span<ulong> target) => Rename(_renamers.Value[permutation], source, target);

    /// <inheritdoc/>
    public int PermuteTransition(int permutation, int transition)
    {
        StateRenamer renamer = _renamers.Value[permutation];
        int thread = transition - (_machines * _queues);
        return thread < 0 ? renamer.Queue(transition)
            : (_machines * _queues) + (renamer.Thread(thread / _alternatives) * _alternatives) + (thread % _alternatives);
    }

    /// <summary>
    /// The smallest state of the orbit. Nearly always the home's word tells which of two is the smaller one, so that the others
    /// need not be renamed.
    /// </summary>
    public void Canonicalize(Span<ulong> state)
    {
        StateRenamer[] renamers = _renamers.Value;
        Span<ulong> source = stackalloc ulong[state.Length];
        Span<ulong> renamed = stackalloc ulong[state.Length];
        state.CopyTo(source);
        foreach (StateRenamer renamer in renamers.AsSpan(1))
        {
            int order = 0;
            for (int word = 0; word < state.Length && order <= 0; word++)
            {
                renamed[word] = renamer.Word(source, word);
                order = order == 0 ? renamed[word].CompareTo(state[word]) : order;
            }

            if (order < 0)
            {
                renamed.CopyTo(state);
            }
        }
    }

    /// <summary>Those renamings that leave the first state as it is: a setup may have told devices apart.</summary>
    private StateRenamer[] FindRenamers()
    {
        ulong[] renamed = new ulong[StateWords];
        List<StateRenamer> found = [];
        foreach (WorldRenaming names in WorldSymmetry.Find(_table.World.Spec, _machines, _threads))
        {
            StateRenamer renamer = new(_table, _monitors, names);
            Rename(renamer, _first, renamed);
            if (renamed.AsSpan().SequenceEqual(_first))
            {
                found.Add(renamer);
            }
        }

        return [.. found];
    }

    private static void Rename(StateRenamer renamer, ReadOnlySpan<ulong> source, Span<ulong> target)
    {
        for (int word = 0; word < source.Length; word++)
        {
            target[word] = renamer.Word(source, word);
        }
    }
}
