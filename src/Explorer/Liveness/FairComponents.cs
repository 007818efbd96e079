using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Liveness;

/// <summary>The parts of a state graph in which a fair run may stay forever.</summary>
internal sealed class FairComponents(IResponseModel model, StateGraph graph)
{
    /// <summary>All of them among the states in <paramref name="part"/>.</summary>
    public IEnumerable<List<int>> In(IReadOnlyList<int> part)
    {
        Stack<IReadOnlyList<int>> open = new([part]);
        while (open.TryPop(out IReadOnlyList<int>? next))
        {
            foreach (List<int> component in Components.WithCycle(graph, next))
            {
                int[] unkept = [.. Enumerable.Range(0, model.FairnessCount).Where(condition => !IsTaken(component, condition))];
                if (Array.Exists(unkept, condition => model.FairnessKind(condition) == Fairness.Weak
                    && component.TrueForAll(state => IsEnabled(state, condition))))
                {
                    continue;
                }

                int[] starved = [.. unkept.Where(condition => model.FairnessKind(condition) == Fairness.Strong
                    && component.Exists(state => IsEnabled(state, condition)))];
                if (starved.Length == 0)
                {
                    yield return component;
                }
                else
                {
                    open.Push(component.FindAll(state => !Array.Exists(starved, condition => IsEnabled(state, condition))));
                }
            }
        }
    }

    /// <summary>Whether a condition is enabled in a state.</summary>
    public bool IsEnabled(int state, int condition)
    {
        foreach (ushort transition in graph.Transitions(state))
        {
            if (model.FairnessOf(transition) == condition)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a transition of a condition leads from a state of a component to one of it.</summary>
    public bool IsTaken(List<int> component, int condition) => component.Exists(state =>
    {
        ReadOnlySpan<ushort> transitions = graph.Transitions(state);
        for (int edge = 0; edge < transitions.Length; edge++)
        {
            if (model.FairnessOf(transitions[edge]) == condition && component.BinarySearch((int)graph.Targets(state)[edge]) >= 0)
            {
                return true;
            }
        }

        return false;
    });
}
