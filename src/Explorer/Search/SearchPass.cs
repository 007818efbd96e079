using System.Diagnostics;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>
/// One search from the initial states on. Levels are expanded in rounds, in which each worker takes in what the others found for
/// it in the round before, and expands states of its own store. Everything else happens between rounds on the calling thread.
/// </summary>
internal sealed class SearchPass<TModel>
    where TModel : IModel
{
    // Fewer states are not worth waking another thread.
    private const int MinStatesOfThreads = 128;
    private const int MaxStatesPerRound = 1 << 11;
    private const int MinStatesPerRound = 1 << 10;

    private readonly TModel _model;
    private readonly SearchOptions _options;
    private readonly StateSet _states;
    private readonly SearchWorker<TModel>[] _workers;
    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly SearchSnapshot? _snapshot;
    private readonly long _statesAtBegin;
    private TimeSpan _reported;
    private int _interruption = -1;
    private int _round = 1;

    public SearchPass(TModel model, SearchOptions options, bool withLinks, AmpleSets? ample)
    {
        _model = model;
        _options = options;
        if (options.Checkpoint is { Resume: true } checkpoint)
        {
            (_snapshot, _states) = SearchSnapshot.Read(checkpoint, options.Store, model, options.Workers, withLinks);
        }
        else
        {
            _states = new StateSet(options.Store, model.StateWords, options.Workers, withLinks);
        }

        _statesAtBegin = _states.Count;
        HasLinks = _snapshot?.HasLinks ?? withLinks;
        _workers = [.. Enumerable.Range(0, options.Workers).Select(number => new SearchWorker<TModel>(model, _states, number, ample))];
    }

    /// <summary>Whether the store holds the ways back that a single thread has found.</summary>
    public bool HasLinks { get; }

    /// <summary>Sizes of the complete levels.</summary>
    public List<long> LevelSizes { get; } = [];

    /// <summary>Transitions out of the states of all complete levels that were expanded.</summary>
    public long Transitions { get; private set; }

    /// <summary>Terminal states among the expanded ones.</summary>
    public long TerminalStates { get; private set; }

    /// <summary>Largest memory of the store, in bytes.</summary>
    public long PeakBytes { get; private set; }

    private (uint State, bool IsTerminal)? Violation { get; set; }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begin);

    public SearchOutcome Run()
    {
        using WorkerTeam team = new(_workers.Length);
        if (_snapshot is not null)
        {
            Restore(_snapshot);
        }
        else
        {
            _workers[0].FindInitialStates();
            TakeInTheRest(team);
            if (BeginLevel() is { } begun)
            {
                return begun;
            }
        }

        while (true)
        {
            SearchOutcome? interruption = ExpandLevel(team);
            TakeInTheRest(team);
            // Whether the limit shows before the level's end depends on the threads; the outcome must not.
            interruption ??= _states.Count > _options.MaxStates ? SearchOutcome.StateLimit : null;
            if (interruption is { } outcome)
            {
                Keep();
                return outcome;
            }

            Transitions = _workers.Sum(worker => worker.Transitions);
            TerminalStates = _workers.Sum(worker => worker.TerminalStates);
            if (BeginLevel() is { } end)
            {
                return end;
            }
        }
    }

    /// <summary>The run to the violation, by the links of the store.</summary>
    public Counterexample WayToViolation()
    {
        (uint state, bool isTerminal) = Violation ?? throw new InvalidOperationException("there is no violation");
        List<int> transitions = [];
        (uint parent, ushort transition) = _states.Stores[0].Link(state);
        while (parent != StateStore.NoParent)
        {
            transitions.Add(transition);
            (parent, transition) = _states.Stores[0].Link(parent);
        }

        // The link of an initial state holds its position in place of a transition.
        transitions.Reverse();
        return Counterexample.Replay(_model, transition, transitions, isTerminal);
    }

    /// <summary>
    /// Begins the next level. Ends the search if the level before had a violating terminal state, this one has a violating state,
    /// or there is none: a state of a level that was broken off counts when its own level begins.
    /// </summary>
    private SearchOutcome? BeginLevel()
    {
        long size = _workers.Sum(worker => (long)worker.BeginLevel());
        if (size > 0)
        {
            LevelSizes.Add(size);
        }

        uint terminal = _workers.Min(worker => worker.FirstTerminalViolation);
        uint any = _workers.Min(worker => worker.FirstViolation);
        if (Math.Min(terminal, any) == StateStore.NoParent)
        {
            return size == 0 ? SearchOutcome.Exhausted : null;
        }

        Violation = terminal != StateStore.NoParent ? (terminal, true) : (any, false);
        return SearchOutcome.Violated;
    }

    private void Restore(SearchSnapshot snapshot)
    {
        for (int worker = 0; worker < _workers.Length; worker++)
        {
            _workers[worker].GoOnFrom(snapshot.Cuts[worker]);
        }

        LevelSizes.AddRange(snapshot.LevelSizes);
        Transitions = snapshot.Transitions.Complete;
        TerminalStates = snapshot.TerminalStates.Complete;
        _workers[0].Restore(snapshot);
        PeakBytes = _states.Bytes;
    }

    /// <summary>Writes the search to its file, if it has one.</summary>
    private void Keep()
    {
        if (_options.Checkpoint is not { } checkpoint)
        {
            return;
        }

        SearchSnapshot snapshot = new()
        {
            Count = (uint)_states.Count,
            Cuts = [.. _workers.Select(worker => worker.Cut)],
            LevelSizes = LevelSizes,
            Transitions = (Transitions, _workers.Sum(worker => worker.Transitions)),
            TerminalStates = (TerminalStates, _workers.Sum(worker => worker.TerminalStates)),
            FirstViolations = (_workers.Min(worker => worker.FirstViolation),
                _workers.Min(worker => worker.FirstTerminalViolation)),
            HasLinks = HasLinks,
        };
        snapshot.Write(checkpoint, _options.Store, _model, _states);
    }

    private SearchOutcome? ExpandLevel(WorkerTeam team)
    {
        uint rest = _workers.Max(worker => worker.Rest);
        while (rest > 0)
        {
            // Hashes deal the states evenly: with as many expanded by each worker, a store gets as many successors as one worker
            // finds. Where it gets more, it grows by itself.
            long wanted = (long)_model.MaxEnabled * Math.Min(MinStatesPerRound, rest);
            if (_states.Bytes + _states.Stores.Sum(store => store.BytesToMakeFree(wanted)) > _options.MaxBytes)
            {
                return SearchOutcome.MemoryLimit;
            }

            long free = _states.Stores.Min(store => store.FreeAfter(wanted));
            ExpandRound(team, wanted, (uint)Math.Min(Math.Min(free / _model.MaxEnabled, MaxStatesPerRound), rest));
            PeakBytes = Math.Max(PeakBytes, _states.Bytes);
            if (_interruption >= 0)
            {
                return (SearchOutcome)_interruption;
            }

            rest = _workers.Max(worker => worker.Rest);
            Report();
        }

        return null;
    }

    private void ExpandRound(WorkerTeam team, long wanted, uint states)
    {
        int round = _round++;
        ForEachWorker(team, _workers.Sum(worker => Math.Min(states, worker.Rest)), worker =>
        {
            worker.MakeFree(wanted);
            worker.TakeIn(_workers, round - 1);
            worker.Expand(states, round, IsInterrupted);
        });
    }

    /// <summary>Lets each worker take in what was found for it in the last round.</summary>
    private void TakeInTheRest(WorkerTeam team) =>
        ForEachWorker(team, _workers.Sum(worker => worker.Found(_round - 1)), worker => worker.TakeIn(_workers, _round - 1));

    private void ForEachWorker(WorkerTeam team, long states, Action<SearchWorker<TModel>> work)
    {
        if (states < MinStatesOfThreads)
        {
            Array.ForEach(_workers, work);
        }
        else
        {
            team.Run(number => work(_workers[number]));
        }
    }

    private bool IsInterrupted()
    {
        if (Volatile.Read(ref _interruption) >= 0)
        {
            return true;
        }

        SearchOutcome? reason = _states.Count > _options.MaxStates ? SearchOutcome.StateLimit
            : _options.Cancellation.IsCancellationRequested ? SearchOutcome.Cancelled
            : Elapsed > _options.TimeLimit ? SearchOutcome.TimeLimit
            : null;
        if (reason is { } outcome)
        {
            Volatile.Write(ref _interruption, (int)outcome);
        }

        return reason is not null;
    }

    private void Report()
    {
        if (_options.Progress is { } progress && Elapsed - _reported >= _options.ProgressInterval)
        {
            _reported = Elapsed;
            progress(new SearchProgress(
                _states.Count,
                _statesAtBegin,
                LevelSizes.Count - 1,
                _workers.Sum(worker => (long)worker.Rest),
                _states.Bytes,
                Estimate(),
                Elapsed));
        }
    }

    /// <summary>
    /// The states of all levels if each is smaller than the one before by the same factor as the last two: a geometric series.
    /// </summary>
    private long? Estimate()
    {
        if (LevelSizes.Count < 3 || LevelSizes[^1] >= LevelSizes[^2] || LevelSizes[^2] >= LevelSizes[^3])
        {
            return null;
        }

        double factor = (double)LevelSizes[^1] / LevelSizes[^2];
        return LevelSizes.Sum() + (long)(LevelSizes[^1] * factor / (1 - factor));
    }
}
