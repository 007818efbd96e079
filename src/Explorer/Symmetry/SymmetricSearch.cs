using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Symmetry;

/// <summary>Breadth-first search that visits one state of each orbit.</summary>
public static class SymmetricSearch
{
    /// <summary>
    /// Searches the quotient of a model. Counts are of orbits and of the transitions out of their representatives; the
    /// counterexample is a run of the model itself, as short as without symmetry.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is not symmetric, which <see cref="SymmetryAudit"/> explains better,
    /// or not deterministic.</exception>
    public static SearchResult Run<TModel>(TModel model, SearchOptions options)
        where TModel : ISymmetricModel => Run(model, options, ample: null);

    internal static SearchResult Run<TModel>(TModel model, SearchOptions options, AmpleSets? ample)
        where TModel : ISymmetricModel
    {
        SearchResult result = BreadthFirstSearch.Run(new Quotient<TModel>(model), options, ample);
        return result.Counterexample is { } run ? result with { Counterexample = Concretize(model, run) } : result;
    }

    /// <summary>
    /// Finds the run of the model whose states are renamings of the states of a quotient's run: starts in an initial state of the
    /// first orbit and takes, at each step, the first transition that leads into the next orbit.
    /// </summary>
    private static Counterexample Concretize<TModel>(TModel model, Counterexample run)
        where TModel : ISymmetricModel
    {
        ulong[] state = new ulong[model.StateWords];
        int initial = FindInitialState(model, run.States[0], state);
        List<int> transitions = [];
        int[] enabled = new int[model.MaxEnabled];
        foreach (ulong[] orbit in run.States.Skip(1))
        {
            int count = model.WriteEnabled(state, enabled);
            ulong[] before = [.. state];
            int taken = Array.FindIndex(enabled, 0, count, transition => LeadsTo(model, before, transition, orbit));
            if (taken < 0)
            {
                throw new InvalidOperationException(
                    $"step {transitions.Count + 1}: no transition of {model.DescribeState(state)} leads to a renaming of "
                        + $"{model.DescribeState(orbit)}; the model is not symmetric");
            }

            transitions.Add(enabled[taken]);
            model.Apply(state, enabled[taken]);
        }

        return Counterexample.Replay(model, initial, transitions, run.IsTerminal);
    }

    private static int FindInitialState<TModel>(TModel model, ReadOnlySpan<ulong> orbit, Span<ulong> state)
        where TModel : ISymmetricModel
    {
        Span<ulong> canonical = stackalloc ulong[orbit.Length];
        for (int initial = 0; initial < model.InitialStateCount; initial++)
        {
            model.WriteInitialState(initial, state);
            state.CopyTo(canonical);
            model.Canonicalize(canonical);
            if (canonical.SequenceEqual(orbit))
            {
                return initial;
            }
        }

        throw new InvalidOperationException(
            "no initial state has the canonical form it had before; the model is not deterministic");
    }

    private static bool LeadsTo<TModel>(TModel model, ReadOnlySpan<ulong> state, int transition, ReadOnlySpan<ulong> orbit)
        where TModel : ISymmetricModel
    {
        Span<ulong> successor = stackalloc ulong[state.Length];
        state.CopyTo(successor);
        model.Apply(successor, transition);
        model.Canonicalize(successor);
        return successor.SequenceEqual(orbit);
    }
}
