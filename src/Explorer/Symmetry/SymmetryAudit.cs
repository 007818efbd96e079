using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Symmetry;

/// <summary>
/// Checks by trial what an <see cref="ISymmetricModel"/> claims, so that the search of its quotient is not unsound.
/// </summary>
public static class SymmetryAudit
{
    /// <summary>
    /// For each of the first <paramref name="maxStates"/> reachable states and each permutation: the renamed state has the
    /// renamed transitions, they lead to the renamed successors, properties are the same, and the representative is the same
    /// member of the orbit.
    /// </summary>
    /// <returns>The first contradiction, or null if there is none.</returns>
    public static string? FindContradiction<TModel>(TModel model, long maxStates)
        where TModel : ISymmetricModel =>
        CheckInitialStates(model) ?? ReachableStates.Of(model, maxStates).Select(state => Check(model, state))
            .FirstOrDefault(found => found is not null);

    private static string? CheckInitialStates<TModel>(TModel model)
        where TModel : ISymmetricModel
    {
        ulong[][] initial = [.. Enumerable.Range(0, model.InitialStateCount).Select(index => Initial(model, index))];
        for (int permutation = 0; permutation < model.PermutationCount; permutation++)
        {
            foreach (ulong[] state in initial)
            {
                ulong[] renamed = Renamed(model, permutation, state);
                if (!Array.Exists(initial, other => other.AsSpan().SequenceEqual(renamed)))
                {
                    return $"permutation {permutation} makes of the initial state {model.DescribeState(state)} one that is not "
                        + "initial";
                }
            }
        }

        return null;
    }

    private static string? Check<TModel>(TModel model, ulong[] state)
        where TModel : ISymmetricModel
    {
        ulong[] canonical = CanonicalOf(model, state);
        bool isInOrbit = false;
        for (int permutation = 0; permutation < model.PermutationCount; permutation++)
        {
            ulong[] renamed = Renamed(model, permutation, state);
            string? contradiction = CompareProperties(model, state, renamed)
                ?? CompareSteps(model, permutation, state, renamed)
                ?? (CanonicalOf(model, renamed).AsSpan().SequenceEqual(canonical) ? null
                    : "the renamed state has another representative");
            if (permutation == 0 && !renamed.AsSpan().SequenceEqual(state))
            {
                contradiction = "permutation 0 is not the identity";
            }

            if (contradiction is not null)
            {
                return $"{model.DescribeState(state)}, permutation {permutation}: {contradiction}";
            }

            isInOrbit |= renamed.AsSpan().SequenceEqual(canonical);
        }

        return isInOrbit
            ? null
            : $"{model.DescribeState(state)}: the representative {model.DescribeState(canonical)} is not one of its renamings";
    }

    private static string? CompareProperties<TModel>(TModel model, ulong[] state, ulong[] renamed)
        where TModel : ISymmetricModel =>
        model.FindViolation(state) == model.FindViolation(renamed) ? null : "the renamed state violates another property";

    private static string? CompareSteps<TModel>(TModel model, int permutation, ulong[] state, ulong[] renamed)
        where TModel : ISymmetricModel
    {
        int[] here = Enabled(model, state);
        int[] there = Enabled(model, renamed);
        if (!here.Select(transition => model.PermuteTransition(permutation, transition)).Order().SequenceEqual(there.Order()))
        {
            return "the renamed state has other transitions";
        }

        if (here.Length == 0 && model.FindTerminalViolation(state) != model.FindTerminalViolation(renamed))
        {
            return "the renamed terminal state violates another property";
        }

        foreach (int transition in here)
        {
            ulong[] successor = Successor(model, state, transition);
            if (!Renamed(model, permutation, successor).AsSpan()
                .SequenceEqual(Successor(model, renamed, model.PermuteTransition(permutation, transition))))
            {
                return $"'{model.DescribeTransition(state, transition)}' leads to a state that is not the renamed successor";
            }
        }

        return null;
    }

    private static ulong[] Initial<TModel>(TModel model, int index)
        where TModel : ISymmetricModel
    {
        ulong[] state = new ulong[model.StateWords];
        model.WriteInitialState(index, state);
        return state;
    }

    private static ulong[] Renamed<TModel>(TModel model, int permutation, ulong[] state)
        where TModel : ISymmetricModel
    {
        ulong[] renamed = new ulong[state.Length];
        model.Permute(permutation, state, renamed);
        return renamed;
    }

    private static ulong[] CanonicalOf<TModel>(TModel model, ulong[] state)
        where TModel : ISymmetricModel
    {
        ulong[] canonical = [.. state];
        model.Canonicalize(canonical);
        return canonical;
    }

    private static ulong[] Successor<TModel>(TModel model, ulong[] state, int transition)
        where TModel : ISymmetricModel
    {
        ulong[] successor = [.. state];
        model.Apply(successor, transition);
        return successor;
    }

    private static int[] Enabled<TModel>(TModel model, ulong[] state)
        where TModel : ISymmetricModel
    {
        int[] enabled = new int[model.MaxEnabled];
        return enabled[..model.WriteEnabled(state, enabled)];
    }
}
