using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>
/// One thread of a search: expands the states of its store, adds those successors that belong there, and hands the others over.
/// </summary>
internal sealed class SearchWorker<TModel>
    where TModel : IModel
{
    private const int StatesBetweenLooks = 64;

    // How many states ahead the table is fetched; one fetch takes about as long as so many additions.
    private const int FetchedAhead = 8;

    private readonly TModel _model;
    private readonly StateSet _states;
    private readonly StateStore _store;
    private readonly AmpleSets? _ample;
    private readonly int _number;

    // What was found for other workers, in rounds of even and of odd number.
    private readonly StateBatch[][] _found;
    private StateBatch[] _finding;
    private readonly ulong[] _state;
    private readonly ulong[] _successors;
    private readonly ulong[] _hashes;
    private readonly int[] _enabled;
    private uint _expanded;

    public SearchWorker(TModel model, StateSet states, int number, AmpleSets? ample)
    {
        (_model, _states, _number, _ample) = (model, states, number, ample);
        _store = states.Stores[number];
        _found = [.. new int[2].Select(_ => states.Stores.Select(_ => new StateBatch(model.StateWords)).ToArray())];
        _finding = _found[0];
        _state = new ulong[model.StateWords];
        _successors = new ulong[model.StateWords * Math.Max(model.MaxEnabled, 1)];
        _hashes = new ulong[Math.Max(model.MaxEnabled, 1)];
        _enabled = new int[model.MaxEnabled];
    }

    /// <summary>How far this thread's share of the level is expanded.</summary>
    public LevelCut Cut => new(_expanded, _states.LevelEnds[_number]);

    /// <summary>States of the level that are still to be expanded.</summary>
    public uint Rest => _states.LevelEnds[_number] - _expanded;

    /// <summary>Transitions taken.</summary>
    public long Transitions { get; private set; }

    /// <summary>Expanded states without an enabled transition.</summary>
    public long TerminalStates { get; private set; }

    /// <summary>The lowest number of a violating state in this store, or <see cref="StateStore.NoParent"/>.</summary>
    public uint FirstViolation { get; private set; } = StateStore.NoParent;

    /// <summary>
    /// The lowest number of a violating terminal state that this worker expanded, or <see cref="StateStore.NoParent"/>.
    /// </summary>
    public uint FirstTerminalViolation { get; private set; } = StateStore.NoParent;

    /// <summary>How many states it has found for others in a round that are not taken in.</summary>
    public long Found(int round) => _found[round & 1].Sum(batch => (long)batch.Count);

    /// <summary>Prepares the store for so many additions.</summary>
    public void MakeFree(long additions) => _store.MakeFree(additions);

    /// <summary>Takes over what the workers of an earlier search have counted.</summary>
    public void Restore(SearchSnapshot snapshot)
    {
        Transitions = snapshot.Transitions.All;
        TerminalStates = snapshot.TerminalStates.All;
        FirstViolation = snapshot.FirstViolations.Any;
        FirstTerminalViolation = snapshot.FirstViolations.Terminal;
    }

    /// <summary>Goes on in the middle of a level.</summary>
    public void GoOnFrom(LevelCut cut) => (_expanded, _states.LevelEnds[_number]) = (cut.Expanded, cut.LevelEnd);

    /// <summary>Begins the next level, of which all states have been added; returns its size in this store.</summary>
    public uint BeginLevel()
    {
        _expanded = _states.LevelEnds[_number];
        _store.ForgetBelow(_expanded);
        _states.LevelEnds[_number] = _store.Count;
        return Rest;
    }

    /// <summary>Finds the initial states; their links hold their positions in place of a transition.</summary>
    public void FindInitialStates()
    {
        for (int index = 0; index < _model.InitialStateCount; index++)
        {
            _model.WriteInitialState(index, _state);
            Add(_state, StateHash.Of(_state), StateStore.NoParent, index);
        }
    }

    /// <summary>
    /// Expands states of the level until there are none left, so many are expanded, or, looked at from time to time, the search is
    /// to end.
    /// </summary>
    public void Expand(uint states, int round, Func<bool> isToEnd)
    {
        _finding = _found[round & 1];
        uint end = _expanded + Math.Min(states, Rest);
        while (_expanded < end && !isToEnd())
        {
            uint stop = Math.Min(_expanded + StatesBetweenLooks, end);
            for (; _expanded < stop; _expanded++)
            {
                Expand(_expanded);
            }
        }
    }

    /// <summary>Adds what other workers have found for this one in a round.</summary>
    public void TakeIn(SearchWorker<TModel>[] workers, int round)
    {
        foreach (SearchWorker<TModel> worker in workers)
        {
            StateBatch batch = worker._found[round & 1][_number];
            for (int number = 0; number < batch.Count; number++)
            {
                if (number + FetchedAhead < batch.Count)
                {
                    _store.Prefetch(batch.Hash(number + FetchedAhead));
                }

                AddOwn(batch.State(number), batch.Hash(number), StateStore.NoParent, 0);
            }

            batch.Clear();
        }
    }

    private void Expand(uint index)
    {
        _store.Read(index).CopyTo(_state);
        int count = _model.WriteEnabled(_state, _enabled);
        if (count == 0)
        {
            TerminalStates++;
            if (_model.FindTerminalViolation(_state) != ModelProperty.None)
            {
                FirstTerminalViolation = Math.Min(FirstTerminalViolation, index);
            }
        }

        int chosen = _ample is null ? count : _ample.Choose(_state, _enabled.AsSpan(0, count));
        if (!Take(index, _enabled.AsSpan(0, chosen)) && chosen < count && !_ample!.EveryRunEnds)
        {
            // Everything led back: the steps that wait must not wait in a circle.
            Take(index, _enabled.AsSpan(chosen, count - chosen));
        }
    }

    /// <summary>
    /// Takes transitions; returns whether all of them lead to states that were not reached before this level was expanded, which
    /// only a search with ample sets asks.
    /// </summary>
    private bool Take(uint index, ReadOnlySpan<int> transitions)
    {
        Transitions += transitions.Length;
        for (int number = 0; number < transitions.Length; number++)
        {
            Span<ulong> successor = SuccessorAt(number);
            _state.AsSpan().CopyTo(successor);
            _model.Apply(successor, transitions[number]);
            _hashes[number] = StateHash.Of(successor);
            if (_states.OwnerOf(_hashes[number]) == _number)
            {
                _store.Prefetch(_hashes[number]);
            }
        }

        bool isForward = true;
        for (int number = 0; number < transitions.Length; number++)
        {
            isForward &= _ample is null || !_states.IsReached(SuccessorAt(number), _hashes[number]);
            Add(SuccessorAt(number), _hashes[number], index, transitions[number]);
        }

        return isForward;
    }

    private void Add(ReadOnlySpan<ulong> state, ulong hash, uint parent, int transition)
    {
        int owner = _states.OwnerOf(hash);
        if (owner == _number)
        {
            AddOwn(state, hash, parent, transition);
        }
        else
        {
            _finding[owner].Add(state, hash);
        }
    }

    private void AddOwn(ReadOnlySpan<ulong> state, ulong hash, uint parent, int transition)
    {
        if (_store.TryAdd(state, hash, parent, (ushort)transition, out uint index)
            && _model.FindViolation(state) != ModelProperty.None)
        {
            FirstViolation = Math.Min(FirstViolation, index);
        }
    }

    private Span<ulong> SuccessorAt(int number) => _successors.AsSpan(number * _state.Length, _state.Length);
}
