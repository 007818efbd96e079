using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Symmetry;

/// <summary>
/// Representatives of orbits by brute force, for models that know no quicker way and for checking those that do.
/// </summary>
public static class Canonical
{
    /// <summary>
    /// Replaces a state by the smallest of its orbit, words compared in order. Takes one renaming for each permutation.
    /// </summary>
    public static void ByEnumeration<TModel>(TModel model, Span<ulong> state)
        where TModel : ISymmetricModel
    {
        Span<ulong> renamed = stackalloc ulong[state.Length];
        Span<ulong> smallest = stackalloc ulong[state.Length];
        state.CopyTo(smallest);
        for (int permutation = 1; permutation < model.PermutationCount; permutation++)
        {
            model.Permute(permutation, state, renamed);
            if (renamed.SequenceCompareTo(smallest) < 0)
            {
                renamed.CopyTo(smallest);
            }
        }

        smallest.CopyTo(state);
    }

    /// <summary>Number of different states that the renamings of a state give.</summary>
    public static int OrbitSize<TModel>(TModel model, ReadOnlySpan<ulong> state)
        where TModel : ISymmetricModel
    {
        // The orbit's size is the group's size divided by the number of renamings that change nothing.
        Span<ulong> renamed = stackalloc ulong[state.Length];
        int unchanged = 0;
        for (int permutation = 0; permutation < model.PermutationCount; permutation++)
        {
            model.Permute(permutation, state, renamed);
            unchanged += renamed.SequenceEqual(state) ? 1 : 0;
        }

        return model.PermutationCount / unchanged;
    }
}
