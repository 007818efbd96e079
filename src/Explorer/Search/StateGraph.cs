using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>
/// All reachable states of a model with all transitions between them: for questions about whole runs rather than single states.
/// </summary>
internal sealed class StateGraph
{
    private readonly ExactStore _store;
    private readonly int[] _begins;
    private readonly uint[] _targets;
    private readonly ushort[] _transitions;

    private StateGraph(ExactStore store, int[] begins, uint[] targets, ushort[] transitions)
    {
        _store = store;
        _begins = begins;
        _targets = targets;
        _transitions = transitions;
    }

    /// <summary>Number of states; they are numbered in the order of a breadth-first search.</summary>
    public int Count => _begins.Length - 1;

    /// <summary>Number of transitions between them.</summary>
    public int EdgeCount => _targets.Length;

    /// <summary>Builds the graph.</summary>
    /// <param name="model">The model.</param>
    /// <param name="maxStates">The most states; 1 to 2^30.</param>
    /// <param name="isEnd">States whose successors are of no interest; null for none.</param>
    /// <param name="cancellation">Ends the building.</param>
    /// <returns>The graph, or null if there are more states.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static StateGraph? Build(IModel model, long maxStates, Func<ulong[], bool>? isEnd, CancellationToken cancellation)
    {
        ExactStore store = new(model.StateWords, withLinks: true);
        ulong[] state = new ulong[model.StateWords];
        ulong[] successor = new ulong[model.StateWords];
        int[] enabled = new int[model.MaxEnabled];
        List<int> begins = [];
        List<uint> targets = [];
        List<ushort> transitions = [];
        for (int initial = 0; initial < model.InitialStateCount; initial++)
        {
            model.WriteInitialState(initial, state);
            store.TryAdd(state, StateHash.Of(state), StateStore.NoParent, (ushort)initial, out _);
        }

        for (uint index = 0; index < store.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (store.Count > maxStates)
            {
                return null;
            }

            begins.Add(targets.Count);
            store.Read(index).CopyTo(state);
            int count = isEnd?.Invoke(state) == true ? 0 : model.WriteEnabled(state, enabled);
            for (int position = 0; position < count; position++)
            {
                state.AsSpan().CopyTo(successor);
                model.Apply(successor, enabled[position]);
                store.TryAdd(successor, StateHash.Of(successor), index, (ushort)enabled[position], out uint target);
                targets.Add(target);
                transitions.Add((ushort)enabled[position]);
            }
        }

        begins.Add(targets.Count);
        return new StateGraph(store, [.. begins], [.. targets], [.. transitions]);
    }

    /// <summary>The words of a state.</summary>
    public ReadOnlySpan<ulong> State(int index) => _store.Read((uint)index);

    /// <summary>The number of a state, or -1 if it is not reachable.</summary>
    public int Find(ReadOnlySpan<ulong> state)
    {
        return _store.TryAdd(state, StateHash.Of(state), StateStore.NoParent, 0, out uint index) || index >= Count
            ? -1
            : (int)index;
    }

    /// <summary>States that the transitions of a state lead to.</summary>
    public ReadOnlySpan<uint> Targets(int index) => _targets.AsSpan(_begins[index].._begins[index + 1]);

    /// <summary>The transitions of a state, in the order of <see cref="Targets"/>.</summary>
    public ReadOnlySpan<ushort> Transitions(int index) => _transitions.AsSpan(_begins[index].._begins[index + 1]);

    /// <summary>A shortest run to a state: the initial state's position and the transitions.</summary>
    public (int InitialState, List<int> Transitions) WayTo(int index)
    {
        List<int> way = [];
        (uint parent, ushort transition) = _store.Link((uint)index);
        while (parent != StateStore.NoParent)
        {
            way.Add(transition);
            (parent, transition) = _store.Link(parent);
        }

        way.Reverse();
        return (transition, way);
    }
}
