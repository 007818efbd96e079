using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>
/// Counts the complete runs of a model whose runs all end: how many schedules there are, without going through them.
/// </summary>
public static class InterleavingCounter
{
    /// <summary>Number of different sequences of transitions from an initial state to a terminal state.</summary>
    /// <param name="model">A model whose state graph has no cycle.</param>
    /// <param name="maxStates">Gives up above this number of states; 1 to 2^30.</param>
    /// <exception cref="InvalidOperationException">A run may go on forever, or there are more states than <paramref
    /// name="maxStates"/>.</exception>
    /// <exception cref="OverflowException">There are 2^128 runs or more.</exception>
    public static UInt128 Count<TModel>(TModel model, long maxStates = 10_000_000)
        where TModel : IModel => Count(GraphOf(model, maxStates, shortestOnly: false));

    /// <summary>
    /// Number of those runs that reach every state on their way as soon as it can be reached. Where two ways of different length
    /// lead to one state (an operation finds nothing to do in one of them), there are fewer of these than of all runs. The counts
    /// that are published for PMIG-S as interleavings are of this kind.
    /// </summary>
    /// <inheritdoc cref="Count{TModel}(TModel, long)"/>
    public static UInt128 CountShortest<TModel>(TModel model, long maxStates = 10_000_000)
        where TModel : IModel => Count(GraphOf(model, maxStates, shortestOnly: true));

    private static UInt128 Count(Graph graph)
    {
        UInt128[] runs = new UInt128[graph.Incoming.Length];
        Queue<uint> ready = new();
        for (uint state = 0; state < graph.InitialCount; state++)
        {
            runs[state] = 1;
        }

        // A state is counted when all states that lead to it are.
        for (uint state = 0; state < runs.Length; state++)
        {
            if (graph.Incoming[state] == 0)
            {
                ready.Enqueue(state);
            }
        }

        UInt128 complete = 0;
        int counted = 0;
        for (; ready.TryDequeue(out uint state); counted++)
        {
            ReadOnlySpan<uint> successors = graph.SuccessorsOf(state);
            complete = checked(complete + (graph.IsTerminal[(int)state] ? runs[state] : 0));
            foreach (uint successor in successors)
            {
                runs[successor] = checked(runs[successor] + runs[state]);
                if (--graph.Incoming[successor] == 0)
                {
                    ready.Enqueue(successor);
                }
            }
        }

        return counted == runs.Length
            ? complete
            : throw new InvalidOperationException("the state graph has a cycle, so that a run may go on forever");
    }

    private static Graph GraphOf<TModel>(TModel model, long maxStates, bool shortestOnly)
        where TModel : IModel
    {
        ExactStore store = new(model.StateWords, withLinks: false);
        ulong[] state = new ulong[model.StateWords];
        ulong[] successor = new ulong[model.StateWords];
        int[] enabled = new int[model.MaxEnabled];
        List<uint> successors = [];
        List<int> begins = [];
        List<bool> isTerminal = [];
        List<int> depths = [];
        for (int initial = 0; initial < model.InitialStateCount; initial++)
        {
            model.WriteInitialState(initial, state);
            if (store.TryAdd(state, StateHash.Of(state), StateStore.NoParent, 0, out _))
            {
                depths.Add(0);
            }
        }

        uint initialCount = store.Count;
        for (uint index = 0; index < store.Count; index++)
        {
            if (store.Count > maxStates)
            {
                throw new InvalidOperationException($"there are more than {maxStates} states");
            }

            store.Read(index).CopyTo(state);
            begins.Add(successors.Count);
            int count = model.WriteEnabled(state, enabled);
            isTerminal.Add(count == 0);
            for (int position = 0; position < count; position++)
            {
                state.AsSpan().CopyTo(successor);
                model.Apply(successor, enabled[position]);
                if (store.TryAdd(successor, StateHash.Of(successor), index, 0, out uint number))
                {
                    depths.Add(depths[(int)index] + 1);
                }

                if (!shortestOnly || depths[(int)number] == depths[(int)index] + 1)
                {
                    successors.Add(number);
                }
            }
        }

        begins.Add(successors.Count);
        int[] incoming = new int[store.Count];
        successors.ForEach(number => incoming[number]++);
        return new Graph(initialCount, [.. begins], [.. successors], [.. isTerminal], incoming);
    }

    private readonly record struct Graph(uint InitialCount, int[] Begins, uint[] Successors, bool[] IsTerminal, int[] Incoming)
    {
        public ReadOnlySpan<uint> SuccessorsOf(uint state) => Successors.AsSpan(Begins[state]..Begins[state + 1]);
    }
}
