using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;

namespace HmmSim.Explorer.Liveness;

/// <summary>
/// Finds a fair run that violates one response property: a shortest way to a component that holds one, and a cycle in it that
/// keeps every fairness condition.
/// </summary>
internal sealed class LassoBuilder(IResponseModel model, StateGraph graph, int response)
{
    private readonly FairComponents _fair = new(model, graph);

    /// <summary>The run, or null if the property holds.</summary>
    public Counterexample? Find()
    {
        // From a state that asks on, through states that do not give: how each was entered, in the order of distance.
        Dictionary<int, (int Parent, int Transition)> entered = [];
        Queue<int> queue = [];
        for (int state = 0; state < graph.Count; state++)
        {
            if (model.IsAsked(graph.State(state), response) && !IsGiven(state))
            {
                entered[state] = (-1, 0);
                queue.Enqueue(state);
            }
        }

        List<int> region = Spread(queue, entered, target => !IsGiven(target));
        int stuck = region.FindIndex(state => graph.Targets(state).IsEmpty);
        if (stuck >= 0)
        {
            return Lasso(WayTo(region[stuck], entered), []);
        }

        List<int>? nearest = null;
        Dictionary<int, int> distance = Enumerable.Range(0, region.Count)
            .ToDictionary(position => region[position], position => position);
        foreach (List<int> component in _fair.In(region))
        {
            component.Sort();
            nearest = nearest is null || component.Min(state => distance[state]) < nearest.Min(state => distance[state])
                ? component : nearest;
        }

        if (nearest is null)
        {
            return null;
        }

        int entry = nearest.MinBy(state => distance[state]);
        return Lasso(WayTo(entry, entered), Cycle(nearest, entry));
    }

    private bool IsGiven(int state) => model.IsGiven(graph.State(state), response);

    private (int InitialState, List<int> Transitions) WayTo(int state, Dictionary<int, (int Parent, int Transition)> entered)
    {
        List<int> suffix = [];
        while (entered[state].Parent >= 0)
        {
            suffix.Add(entered[state].Transition);
            state = entered[state].Parent;
        }

        suffix.Reverse();
        (int initial, List<int> way) = graph.WayTo(state);
        return (initial, [.. way, .. suffix]);
    }

    /// <summary>
    /// From a state of a component back to it, so that every condition is taken or, where that is enough, once not enabled.
    /// </summary>
    private List<int> Cycle(List<int> component, int entry)
    {
        HashSet<int> open = [.. Enumerable.Range(0, model.FairnessCount)
            .Where(condition => component.Exists(state => _fair.IsEnabled(state, condition)))];
        List<int> cycle = [];
        int here = entry;
        Keep(here, null);
        while (open.Count > 0)
        {
            Go(ShortestWay(component, here, (_, transition, target) => Keeps(target, transition)));
        }

        if (here != entry || cycle.Count == 0)
        {
            Go(ShortestWay(component, here, (_, _, target) => target == entry));
        }

        return cycle;

        bool Keeps(int state, int? transition) => open.Any(condition => IsKept(condition, state, transition));

        void Keep(int state, int? transition) => open.RemoveWhere(condition => IsKept(condition, state, transition));

        void Go(List<(int Transition, int Target)> way)
        {
            foreach ((int transition, int target) in way)
            {
                cycle.Add(transition);
                here = target;
                Keep(here, transition);
            }
        }
    }

    private bool IsKept(int condition, int state, int? transition) =>
        (transition is { } taken && model.FairnessOf(taken) == condition)
            || (model.FairnessKind(condition) == Fairness.Weak && !_fair.IsEnabled(state, condition));

    /// <summary>The shortest way inside a component, of at least one step, whose last step is wanted.</summary>
    private List<(int Transition, int Target)> ShortestWay(List<int> component, int from, Func<int, int, int, bool> isWanted)
    {
        Dictionary<int, (int Parent, int Transition)> entered = new() { [from] = (-1, 0) };
        Queue<int> queue = new([from]);
        while (queue.TryDequeue(out int state))
        {
            for (int edge = 0; edge < graph.Targets(state).Length; edge++)
            {
                int target = (int)graph.Targets(state)[edge];
                int transition = graph.Transitions(state)[edge];
                if (component.BinarySearch(target) < 0)
                {
                    continue;
                }

                if (isWanted(state, transition, target))
                {
                    List<(int Transition, int Target)> way = [(transition, target)];
                    for (int back = state; entered[back].Parent >= 0; back = entered[back].Parent)
                    {
                        way.Add((entered[back].Transition, back));
                    }

                    way.Reverse();
                    return way;
                }

                if (entered.TryAdd(target, (state, transition)))
                {
                    queue.Enqueue(target);
                }
            }
        }

        throw new InvalidOperationException("a strongly connected component has no way between two of its states");
    }

    private List<int> Spread(Queue<int> queue, Dictionary<int, (int Parent, int Transition)> entered, Func<int, bool> mayEnter)
    {
        List<int> reached = [];
        while (queue.TryDequeue(out int state))
        {
            reached.Add(state);
            for (int edge = 0; edge < graph.Targets(state).Length; edge++)
            {
                int target = (int)graph.Targets(state)[edge];
                if (mayEnter(target) && entered.TryAdd(target, (state, graph.Transitions(state)[edge])))
                {
                    queue.Enqueue(target);
                }
            }
        }

        return reached;
    }

    private Counterexample Lasso((int InitialState, List<int> Transitions) way, List<int> cycle)
    {
        ulong[] state = new ulong[model.StateWords];
        model.WriteInitialState(way.InitialState, state);
        List<ulong[]> states = [[.. state]];
        int[] transitions = [.. way.Transitions, .. cycle];
        foreach (int transition in transitions)
        {
            model.Apply(state, transition);
            states.Add([.. state]);
        }

        Counterexample lasso =
            ResponseSearch.LassoOf(states, transitions, way.InitialState, way.Transitions.Count, model.Responses[response]);
        return LassoCheck.FindObjection(model, lasso) is { } objection
            ? throw new InvalidOperationException($"the lasso is none: {objection}; the model is not deterministic")
            : lasso with { Property = response };
    }
}
