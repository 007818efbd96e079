using HmmSim.Explorer.Models;
using HmmSim.Explorer.Search;
using HmmSim.Explorer.Stores;

namespace HmmSim.Explorer.Runs;

/// <summary>
/// One exploration of <see cref="SourceDpor"/>: a depth-first search with a stack of its own, one node for each state of the
/// current run.
/// </summary>
internal sealed class SourceDporExploration<TModel>
    where TModel : IActorModel
{
    private readonly TModel _model;
    private readonly SourceDporOptions _options;
    private readonly EventSequence<TModel> _run;
    private readonly List<Node> _nodes = [];
    private readonly Stack<Node> _spareNodes = [];
    private readonly ExactStore _terminals;
    private readonly int[] _enabled;
    private readonly List<int> _notAfterRacer = [];
    private long _runs;
    private long _blockedRuns;
    private long _events;
    private Counterexample? _counterexample;

    public SourceDporExploration(TModel model, SourceDporOptions options)
    {
        _model = model;
        _options = options;
        _terminals = new ExactStore(model.StateWords, withLinks: false);
        _enabled = new int[model.MaxEnabled];
        Node root = NewNode();
        model.WriteInitialState(0, root.State);
        _run = new EventSequence<TModel>(model, root.State);
    }

    public SourceDporResult Run()
    {
        RunOutcome? outcome = Enter(default);
        while (outcome is null && _nodes.Count > 0)
        {
            Node node = _nodes[^1];
            ProcessSet open = node.Backtrack.Except(node.Sleep);
            outcome = open.IsEmpty ? Leave() : Take(node, open.First);
        }

        return new SourceDporResult
        {
            Outcome = outcome ?? RunOutcome.Exhausted,
            Runs = _runs,
            BlockedRuns = _blockedRuns,
            Events = _events,
            TerminalStates = _terminals.Count,
            Counterexample = _counterexample,
        };
    }

    private RunOutcome? Take(Node node, int process)
    {
        if (_run.Count == _options.MaxSteps)
        {
            return RunOutcome.StepLimit;
        }

        AddReversals(process);
        Node successor = NewNode();
        node.State.CopyTo(successor.State, 0);
        _model.Apply(successor.State, process);
        _run.Push(process, successor.State);
        _events++;
        return Enter(OtherActors(node.Sleep, _model.ActorOf(process)));
    }

    /// <summary>Back to the node before; what was taken there sleeps from now on.</summary>
    private RunOutcome? Leave()
    {
        _spareNodes.Push(_nodes[^1]);
        _nodes.RemoveAt(_nodes.Count - 1);
        if (_nodes.Count > 0)
        {
            _nodes[^1].Sleep = _nodes[^1].Sleep.With(_run.ProcessOf(_run.Count - 1));
            _run.Pop();
        }

        return null;
    }

    /// <summary>Looks at the state of the last node and chooses the first process to take there.</summary>
    private RunOutcome? Enter(ProcessSet sleep)
    {
        Node node = _nodes[^1];
        node.Sleep = sleep;
        node.Backtrack = default;
        if (_model.FindViolation(node.State) != ModelProperty.None)
        {
            return Violation(isTerminal: false);
        }

        int count = _model.WriteEnabled(node.State, _enabled);
        if (count == 0)
        {
            return Complete(node);
        }

        int first = Array.FindIndex(_enabled, 0, count, process => !sleep.Contains(process));
        if (first < 0)
        {
            _blockedRuns++;
            return null;
        }

        node.Backtrack = node.Backtrack.With(_enabled[first]);
        return null;
    }

    private RunOutcome? Complete(Node node)
    {
        _runs++;
        _terminals.TryAdd(node.State, StateHash.Of(node.State), StateStore.NoParent, 0, out _);
        return _model.FindTerminalViolation(node.State) != ModelProperty.None ? Violation(isTerminal: true)
            : _options.Cancellation.IsCancellationRequested ? RunOutcome.Cancelled
            : _runs >= _options.MaxRuns ? RunOutcome.RunLimit
            : null;
    }

    private RunOutcome Violation(bool isTerminal)
    {
        _counterexample = Counterexample.Replay(_model, 0, [.. _run.Processes], isTerminal);
        return RunOutcome.Violated;
    }

    /// <summary>
    /// If the next event of a process races with the last event at its actor (neither is there because of the other), makes sure
    /// that some run goes through the other order: the state before that event must also take a process with which a run to the
    /// other order can begin.
    /// </summary>
    /// <remarks>Events of one actor are totally ordered, so that only the last of them can be in an immediate race.</remarks>
    private void AddReversals(int process)
    {
        int racer = _run.LastAtActorOf(process);
        int enabler = _run.EnablerOfNext(process);
        if (racer == EventSequence<TModel>.NoEvent || _run.ProcessOf(racer) == process || _run.IsOrHappensBefore(racer, enabler))
        {
            return;
        }

        ProcessSet initials = default;
        _notAfterRacer.Clear();
        for (int later = racer + 1; later < _run.Count; later++)
        {
            if (!_run.IsOrHappensBefore(racer, later))
            {
                initials = IsFirst(later) ? initials.With(_run.ProcessOf(later)) : initials;
                _notAfterRacer.Add(later);
            }
        }

        initials = IsFirst(enabler) ? initials.With(process) : initials;
        Node node = _nodes[racer];
        if (!node.Backtrack.Overlaps(initials))
        {
            node.Backtrack = node.Backtrack.With(initials.Contains(process) ? process : initials.First);
        }
    }

    /// <summary>Whether nothing that was collected so far is the event or happens before it.</summary>
    private bool IsFirst(int happened) => !_notAfterRacer.Exists(earlier => _run.IsOrHappensBefore(earlier, happened));

    private ProcessSet OtherActors(ProcessSet processes, int actor)
    {
        ProcessSet kept = default;
        for (ProcessSet rest = processes; !rest.IsEmpty; rest = rest.Except(default(ProcessSet).With(rest.First)))
        {
            kept = _model.ActorOf(rest.First) != actor ? kept.With(rest.First) : kept;
        }

        return kept;
    }

    private Node NewNode()
    {
        Node node = _spareNodes.TryPop(out Node? spare) ? spare : new Node(_model.StateWords);
        _nodes.Add(node);
        return node;
    }

    private sealed class Node(int stateWords)
    {
        public ulong[] State { get; } = new ulong[stateWords];

        /// <summary>Processes that are to be taken here.</summary>
        public ProcessSet Backtrack { get; set; }

        /// <summary>Processes that need not be taken here: what follows them is covered by runs before.</summary>
        public ProcessSet Sleep { get; set; }
    }
}
