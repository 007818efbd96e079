namespace HmmSim.Explorer.Models;

/// <summary>
/// A model whose agents (clients, devices, pages, data values) are interchangeable: renaming them in a state gives a state
/// that behaves the same. The engines then keep one state of each orbit.
/// </summary>
/// <remarks>
/// Two agents are interchangeable only if type, configuration and remaining script are equal. Every name of an agent must be
/// rewritten: in its own variables, in messages under way, in queues and sets. "The first sharer of an ordered list" breaks the
/// symmetry silently; <c>Symmetry.SymmetryAudit</c> finds that, so run it in the tests of each symmetric model.
/// </remarks>
public interface ISymmetricModel : IModel
{
    /// <summary>Size of the symmetry group; permutation 0 is the identity.</summary>
    int PermutationCount { get; }

    /// <summary>Renames the agents of a state.</summary>
    /// <param name="permutation">0 to <see cref="PermutationCount"/> - 1.</param>
    /// <param name="source">A state.</param>
    /// <param name="target">Receives the renamed state; does not overlap <paramref name="source"/>.</param>
    void Permute(int permutation, ReadOnlySpan<ulong> source, Span<ulong> target);

    /// <summary>The transition that does in the renamed state what <paramref name="transition"/> does in the original.</summary>
    int PermuteTransition(int permutation, int transition);

    /// <summary>
    /// Replaces a state by the representative of its orbit. It must be the same for all states of the orbit; a model that knows
    /// no quick way (such as sorting agents by their variables) calls <c>Symmetry.Canonical.ByEnumeration</c>.
    /// </summary>
    void Canonicalize(Span<ulong> state);
}
