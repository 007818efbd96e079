using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Explanations;

/// <summary>
/// Which states can still keep a property: those from which some run, fair or not, never violates it. The others are doomed:
/// whatever comes next, it will be violated.
/// </summary>
internal sealed class Avoidance
{
    private readonly StateGraph _graph;
    private readonly bool[] _isDoomed;

    private Avoidance(StateGraph graph, bool[] isDoomed)
    {
        _graph = graph;
        _isDoomed = isDoomed;
    }

    /// <summary>Computes it on all states; null if there are more than <paramref name="maxStates"/>.</summary>
    public static Avoidance? Of(FocusedModel model, long maxStates, CancellationToken cancellation)
    {
        if (StateGraph.Build(model, maxStates, state =>
            model.FindViolation(state) != ModelProperty.None, cancellation) is not { } graph)
        {
            return null;
        }

        // A state is doomed if it violates the property, or if it can go on and all that follows is doomed.
        bool[] isDoomed = new bool[graph.Count];
        int[] waysOut = new int[graph.Count];
        List<int>[] before = new List<int>[graph.Count];
        Stack<int> open = [];
        for (int state = 0; state < graph.Count; state++)
        {
            waysOut[state] = graph.Targets(state).Length;
            foreach (uint target in graph.Targets(state))
            {
                (before[target] ??= []).Add(state);
            }

            ReadOnlySpan<ulong> words = graph.State(state);
            if (model.FindViolation(words) != ModelProperty.None
                || (waysOut[state] == 0 && model.FindTerminalViolation(words) != ModelProperty.None))
            {
                isDoomed[state] = true;
                open.Push(state);
            }
        }

        while (open.TryPop(out int state))
        {
            foreach (int parent in before[state] ?? [])
            {
                if (--waysOut[parent] == 0 && !isDoomed[parent])
                {
                    isDoomed[parent] = true;
                    open.Push(parent);
                }
            }
        }

        return new Avoidance(graph, isDoomed);
    }

    /// <summary>Whether the property can still be kept from a reachable state on.</summary>
    public bool CanKeep(ReadOnlySpan<ulong> state) => _graph.Find(state) is var index && index >= 0 && !_isDoomed[index];
}
