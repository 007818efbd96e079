using System.Diagnostics;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>
/// One search from the initial states on. Levels are expanded in rounds; a round is short enough that the store need not grow
/// within it, so workers share the store without a lock, and everything else happens between rounds on the calling thread.
/// </summary>
internal sealed class SearchPass<TModel>
    where TModel : IModel
{
    private const int StatesPerChunk = 64;
    private const int MaxStatesPerRound = 1 << 16;
    private const int MinStatesPerRound = 1 << 10;

    private readonly TModel _model;
    private readonly SearchOptions _options;
    private readonly StateStore _store;
    private readonly SearchWorker<TModel>[] _workers;
    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly SearchSnapshot? _snapshot;
    private readonly long _statesAtBegin;
    private TimeSpan _reported;
    private long _cursor;
    private uint _expanded;
    private uint _levelBegin;
    private uint _levelEnd;
    private int _interruption = -1;

    public SearchPass(TModel model, SearchOptions options, bool withLinks, AmpleSets? ample)
    {
        _model = model;
        _options = options;
        if (options.Checkpoint is { Resume: true } checkpoint)
        {
            (_snapshot, _store) = SearchSnapshot.Read(checkpoint, options.Store, model, withLinks);
        }
        else
        {
            _store = options.Store == StoreKind.Exact
                ? new ExactStore(model.StateWords, withLinks)
                : new CompactStore(model.StateWords, withLinks);
        }

        _statesAtBegin = _store.Count;
        HasLinks = _snapshot?.HasLinks ?? withLinks;
        _workers = [.. Enumerable.Range(0, options.Workers).Select(_ => new SearchWorker<TModel>(model, _store, ample))];
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
        if (_snapshot is not null)
        {
            Restore(_snapshot);
        }
        else
        {
            _store.MakeFree(_model.InitialStateCount);
            _workers[0].AddInitialStates();
            BeginLevel(0);
        }

        while (_levelBegin < _levelEnd)
        {
            FindViolation();
            if (Violation is not null)
            {
                return SearchOutcome.Violated;
            }

            _store.ForgetBelow(_levelBegin);
            SearchOutcome? interruption = ExpandLevel();
            // Whether the limit shows before the level's end depends on the threads; the outcome must not.
            interruption ??= _store.Count > _options.MaxStates ? SearchOutcome.StateLimit : null;
            if (interruption is { } outcome)
            {
                Keep();
                return outcome;
            }

            Transitions = _workers.Sum(worker => worker.Transitions);
            TerminalStates = _workers.Sum(worker => worker.TerminalStates);
            BeginLevel(_levelEnd);
        }

        // The last level's terminal states are found when it is expanded, after which no level follows.
        FindViolation();
        return Violation is null ? SearchOutcome.Exhausted : SearchOutcome.Violated;
    }

    /// <summary>The run to the violation, by the links of the store.</summary>
    public Counterexample WayToViolation()
    {
        (uint state, bool isTerminal) = Violation ?? throw new InvalidOperationException("there is no violation");
        List<int> transitions = [];
        (uint parent, ushort transition) = _store.Link(state);
        while (parent != StateStore.NoParent)
        {
            transitions.Add(transition);
            (parent, transition) = _store.Link(parent);
        }

        // The link of an initial state holds its position in place of a transition.
        transitions.Reverse();
        return Counterexample.Replay(_model, transition, transitions, isTerminal);
    }

    private void BeginLevel(uint begin)
    {
        _levelBegin = begin;
        _levelEnd = _store.Count;
        _expanded = begin;
        if (_levelBegin < _levelEnd)
        {
            LevelSizes.Add(_levelEnd - _levelBegin);
        }
    }

    private void Restore(SearchSnapshot snapshot)
    {
        (_levelBegin, _levelEnd, _expanded) = (snapshot.LevelBegin, snapshot.LevelEnd, snapshot.Expanded);
        LevelSizes.AddRange(snapshot.LevelSizes);
        Transitions = snapshot.Transitions.Complete;
        TerminalStates = snapshot.TerminalStates.Complete;
        _workers[0].Restore(snapshot);
        PeakBytes = _store.Bytes;
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
            LevelBegin = _levelBegin,
            LevelEnd = _levelEnd,
            Expanded = _expanded,
            LevelSizes = LevelSizes,
            Transitions = (Transitions, _workers.Sum(worker => worker.Transitions)),
            TerminalStates = (TerminalStates, _workers.Sum(worker => worker.TerminalStates)),
            FirstViolations = (_workers.Min(worker => worker.FirstViolation),
                _workers.Min(worker => worker.FirstTerminalViolation)),
            HasLinks = HasLinks,
        };
        snapshot.Write(checkpoint, _options.Store, _model, _store);
    }

    private void FindViolation()
    {
        // A state of a level that was broken off may violate a property; it counts when its own level has begun.
        uint terminal = _workers.Min(worker => worker.FirstTerminalViolation);
        uint any = _workers.Min(worker => worker.FirstViolation);
        // A terminal state is found when it is expanded, together with violations that are one step deeper.
        Violation = terminal < _levelBegin ? (terminal, true) : any < _levelEnd ? (any, false) : null;
    }

    private SearchOutcome? ExpandLevel()
    {
        while (_expanded < _levelEnd)
        {
            uint rest = _levelEnd - _expanded;
            long wanted = (long)_model.MaxEnabled * Math.Min(MinStatesPerRound, rest);
            if (_store.Bytes + _store.BytesToMakeFree(wanted) > _options.MaxBytes)
            {
                return SearchOutcome.MemoryLimit;
            }

            _store.MakeFree(wanted);
            uint end = _expanded + (uint)Math.Min(Math.Min(_store.Free / _model.MaxEnabled, MaxStatesPerRound), rest);
            ExpandRound(_expanded, end);
            PeakBytes = Math.Max(PeakBytes, _store.Bytes);
            // A chunk that a worker has taken is expanded to its end, also if the search is interrupted.
            _expanded = (uint)Math.Min(_cursor, end);
            if (_interruption >= 0)
            {
                return (SearchOutcome)_interruption;
            }

            Report(_levelEnd - _expanded);
        }

        return null;
    }

    private void ExpandRound(uint begin, uint end)
    {
        _cursor = begin;
        int workers = Math.Min(_workers.Length, (int)((end - begin + StatesPerChunk - 1) / StatesPerChunk));
        if (workers == 1)
        {
            ExpandChunks(_workers[0], end);
            return;
        }

        Task others = Task.WhenAll(
            [.. _workers.Take(workers).Skip(1).Select(worker => Task.Run(() => ExpandChunks(worker, end)))]);
        try
        {
            ExpandChunks(_workers[0], end);
        }
        finally
        {
            // Waits without throwing, so that an exception of this thread is not replaced; one of the others follows as it was
            // thrown.
            ((IAsyncResult)others).AsyncWaitHandle.WaitOne();
        }

        others.GetAwaiter().GetResult();
    }

    private void ExpandChunks(SearchWorker<TModel> worker, uint end)
    {
        while (!IsInterrupted())
        {
            long begin = Interlocked.Add(ref _cursor, StatesPerChunk) - StatesPerChunk;
            if (begin >= end)
            {
                return;
            }

            worker.Expand((uint)begin, (uint)Math.Min(begin + StatesPerChunk, end), _levelEnd);
        }
    }

    private bool IsInterrupted()
    {
        if (Volatile.Read(ref _interruption) >= 0)
        {
            return true;
        }

        SearchOutcome? reason = _store.Count > _options.MaxStates ? SearchOutcome.StateLimit
            : _options.Cancellation.IsCancellationRequested ? SearchOutcome.Cancelled
            : Elapsed > _options.TimeLimit ? SearchOutcome.TimeLimit
            : null;
        if (reason is { } outcome)
        {
            Volatile.Write(ref _interruption, (int)outcome);
        }

        return reason is not null;
    }

    private void Report(long frontier)
    {
        if (_options.Progress is { } progress && Elapsed - _reported >= _options.ProgressInterval)
        {
            _reported = Elapsed;
            progress(new SearchProgress(
                _store.Count,
                _statesAtBegin,
                LevelSizes.Count - 1,
                frontier,
                _store.Bytes,
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
