using System.Diagnostics;
using HmmSim.Explorer.Models;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Search;

/// <summary>
/// One search from the initial states on. Levels are expanded in rounds; a round is short enough that the store need not grow within it,
/// so workers share the store without a lock, and everything else happens between rounds on the calling thread.
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
    private TimeSpan _reported;
    private long _cursor;
    private uint _levelEnd;
    private int _interruption = -1;

    public SearchPass(TModel model, SearchOptions options, bool withLinks, AmpleSets? ample)
    {
        _model = model;
        _options = options;
        _store = options.Store == StoreKind.Exact ? new ExactStore(model.StateWords, withLinks) : new CompactStore(model.StateWords, withLinks);
        _workers = [.. Enumerable.Range(0, options.Workers).Select(_ => new SearchWorker<TModel>(model, _store, ample))];
    }

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
        SearchWorker<TModel> first = _workers[0];
        _store.MakeFree(_model.InitialStateCount);
        first.AddInitialStates();
        uint begin = 0;
        while (begin < _store.Count)
        {
            uint end = _store.Count;
            LevelSizes.Add(end - begin);
            FindViolation();
            if (Violation is not null)
            {
                return SearchOutcome.Violated;
            }

            _store.ForgetBelow(begin);
            SearchOutcome? interruption = ExpandLevel(begin, end);
            // Whether the limit shows before the level's end depends on the threads; the outcome must not.
            interruption ??= _store.Count > _options.MaxStates ? SearchOutcome.StateLimit : null;
            if (interruption is { } outcome)
            {
                return outcome;
            }

            begin = end;
            Transitions = _workers.Sum(worker => worker.Transitions);
            TerminalStates = _workers.Sum(worker => worker.TerminalStates);
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

    private void FindViolation()
    {
        uint terminal = _workers.Min(worker => worker.FirstTerminalViolation);
        uint any = _workers.Min(worker => worker.FirstViolation);
        // A terminal state is found when it is expanded, together with violations that are one step deeper.
        Violation = terminal != StateStore.NoParent ? (terminal, true) : any != StateStore.NoParent ? (any, false) : null;
    }

    private SearchOutcome? ExpandLevel(uint begin, uint end)
    {
        _levelEnd = end;
        while (begin < end)
        {
            long wanted = (long)_model.MaxEnabled * Math.Min(MinStatesPerRound, end - begin);
            if (_store.Bytes + _store.BytesToMakeFree(wanted) > _options.MaxBytes)
            {
                return SearchOutcome.MemoryLimit;
            }

            _store.MakeFree(wanted);
            uint count = (uint)Math.Min(Math.Min(_store.Free / _model.MaxEnabled, MaxStatesPerRound), end - begin);
            ExpandRound(begin, begin + count);
            PeakBytes = Math.Max(PeakBytes, _store.Bytes);
            if (_interruption >= 0)
            {
                return (SearchOutcome)_interruption;
            }

            begin += count;
            Report(end - begin);
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

        Task others = Task.WhenAll([.. _workers.Take(workers).Skip(1).Select(worker => Task.Run(() => ExpandChunks(worker, end)))]);
        try
        {
            ExpandChunks(_workers[0], end);
        }
        finally
        {
            // Waits without throwing, so that an exception of this thread is not replaced; one of the others follows as it was thrown.
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
            progress(new SearchProgress(_store.Count, LevelSizes.Count - 1, frontier, _store.Bytes, Elapsed));
        }
    }
}
