using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Models;

/// <summary>The first reachable states of a model, in the order of a breadth-first search; what audits look at.</summary>
internal static class ReachableStates
{
    public static IEnumerable<ulong[]> Of<TModel>(TModel model, long maxStates)
        where TModel : IModel
    {
        ExactStore store = new(model.StateWords, withLinks: false);
        ulong[] successor = new ulong[model.StateWords];
        int[] enabled = new int[model.MaxEnabled];
        for (int initial = 0; initial < model.InitialStateCount; initial++)
        {
            model.WriteInitialState(initial, successor);
            store.TryAdd(successor, StateHash.Of(successor), StateStore.NoParent, 0, out _);
        }

        for (uint index = 0; index < Math.Min(store.Count, maxStates); index++)
        {
            ulong[] state = [.. store.Read(index)];
            yield return state;
            int count = model.WriteEnabled(state, enabled);
            for (int position = 0; position < count; position++)
            {
                state.AsSpan().CopyTo(successor);
                model.Apply(successor, enabled[position]);
                store.TryAdd(successor, StateHash.Of(successor), index, 0, out _);
            }
        }
    }
}
