using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>Expands states and adds their successors to the store; one for each thread.</summary>
internal sealed class SearchWorker<TModel>(TModel model, StateStore store, AmpleSets? ample)
    where TModel : IModel
{
    private readonly TModel _model = model;
    private readonly ulong[] _state = new ulong[model.StateWords];
    private readonly ulong[] _successor = new ulong[model.StateWords];
    private readonly int[] _enabled = new int[model.MaxEnabled];

    /// <summary>Transitions taken.</summary>
    public long Transitions { get; private set; }

    /// <summary>Expanded states without an enabled transition.</summary>
    public long TerminalStates { get; private set; }

    /// <summary>The lowest number of a violating state that this worker added, or <see cref="StateStore.NoParent"/>.</summary>
    public uint FirstViolation { get; private set; } = StateStore.NoParent;

    /// <summary>
    /// The lowest number of a violating terminal state that this worker expanded, or <see cref="StateStore.NoParent"/>.
    /// </summary>
    public uint FirstTerminalViolation { get; private set; } = StateStore.NoParent;

    /// <summary>Takes over what the workers of an earlier search have counted.</summary>
    public void Restore(SearchSnapshot snapshot)
    {
        Transitions = snapshot.Transitions.All;
        TerminalStates = snapshot.TerminalStates.All;
        FirstViolation = snapshot.FirstViolations.Any;
        FirstTerminalViolation = snapshot.FirstViolations.Terminal;
    }

    /// <summary>Adds the initial states; their links hold their positions in place of a transition.</summary>
    public void AddInitialStates()
    {
        for (int index = 0; index < _model.InitialStateCount; index++)
        {
            _model.WriteInitialState(index, _successor);
            Add(StateStore.NoParent, index);
        }
    }

    /// <summary>
    /// Expands the states with the numbers from <paramref name="begin"/> to below <paramref name="end"/>, of a level that ends
    /// below <paramref name="levelEnd"/>.
    /// </summary>
    public void Expand(uint begin, uint end, uint levelEnd)
    {
        for (uint index = begin; index < end; index++)
        {
            store.Read(index).CopyTo(_state);
            int count = _model.WriteEnabled(_state, _enabled);
            if (count == 0)
            {
                TerminalStates++;
                if (_model.FindTerminalViolation(_state) != ModelProperty.None)
                {
                    FirstTerminalViolation = Math.Min(FirstTerminalViolation, index);
                }
            }

            int chosen = ample is null ? count : ample.Choose(_state, _enabled.AsSpan(0, count));
            if (!Take(index, _enabled.AsSpan(0, chosen), levelEnd) && chosen < count && !ample!.EveryRunEnds)
            {
                // Everything led back: the steps that wait must not wait in a circle.
                Take(index, _enabled.AsSpan(chosen, count - chosen), levelEnd);
            }
        }
    }

    /// <summary>
    /// Takes transitions; returns whether all of them lead to states that were not reached before this level was expanded.
    /// </summary>
    private bool Take(uint index, ReadOnlySpan<int> transitions, uint levelEnd)
    {
        Transitions += transitions.Length;
        bool isForward = true;
        foreach (int transition in transitions)
        {
            _state.AsSpan().CopyTo(_successor);
            _model.Apply(_successor, transition);
            isForward &= Add(index, transition) >= levelEnd;
        }

        return isForward;
    }

    private uint Add(uint parent, int transition)
    {
        if (store.TryAdd(_successor, StateHash.Of(_successor), parent, (ushort)transition, out uint index)
            && _model.FindViolation(_successor) != ModelProperty.None)
        {
            FirstViolation = Math.Min(FirstViolation, index);
        }

        return index;
    }
}
