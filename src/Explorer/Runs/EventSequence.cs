using HmmSim.Explorer.Models;

namespace HmmSim.Explorer.Runs;

/// <summary>
/// A run of an actor model with its happens-before relation: an event happens after the events before it at its actor and after
/// the event that enabled it (the sending of a delivered message, the step that let a script go on), and after all that these
/// happen after. Events are added and removed at the end.
/// </summary>
/// <remarks>
/// The k-th step of a process was enabled by the event that made its k-th pending step; both are found by comparing pending
/// counts before and after each event, so a model need not tell what it sends.
/// </remarks>
internal sealed class EventSequence<TModel>
    where TModel : IActorModel
{
    /// <summary>In place of an event: there is none.</summary>
    public const int NoEvent = -1;

    private readonly TModel _model;
    private readonly int[] _actorOf;
    private readonly List<Event> _events = [];
    private readonly List<int>[] _producers;
    private readonly int[] _taken;
    private readonly int[] _lastOfActor;
    private readonly int[] _pending;

    public EventSequence(TModel model, ReadOnlySpan<ulong> initialState)
    {
        _model = model;
        _actorOf = [.. Enumerable.Range(0, model.TransitionCount).Select(process => model.ActorOf(process))];
        _producers = [.. _actorOf.Select(_ => new List<int>())];
        _taken = new int[_actorOf.Length];
        _pending = new int[_actorOf.Length];
        _lastOfActor = new int[model.ActorCount];
        Array.Fill(_lastOfActor, NoEvent);
        for (int process = 0; process < _actorOf.Length; process++)
        {
            _pending[process] = model.PendingCount(initialState, process);
            _producers[process].AddRange(Enumerable.Repeat(NoEvent, _pending[process]));
        }
    }

    public int Count => _events.Count;

    /// <summary>The processes in the order of their events.</summary>
    public IEnumerable<int> Processes => _events.Select(happened => happened.Process);

    public int ProcessOf(int happened) => _events[happened].Process;

    /// <summary>The last event at the actor of a process, or <see cref="NoEvent"/>.</summary>
    public int LastAtActorOf(int process) => _lastOfActor[_actorOf[process]];

    /// <summary>
    /// The event that enabled the next event of a process, or <see cref="NoEvent"/> if it is enabled from the start.
    /// </summary>
    public int EnablerOfNext(int process) => _producers[process][_taken[process]];

    /// <summary>Whether <paramref name="earlier"/> is <paramref name="later"/> or happens before it.</summary>
    public bool IsOrHappensBefore(int earlier, int later) =>
        later != NoEvent && _events[later].Clock[_events[earlier].Actor] >= _events[earlier].Clock[_events[earlier].Actor];

    /// <summary>Adds the next event of a process.</summary>
    /// <param name="process">Its process.</param>
    /// <param name="successor">The state that it led to.</param>
    public void Push(int process, ReadOnlySpan<ulong> successor)
    {
        int actor = _actorOf[process];
        int previous = _lastOfActor[actor];
        int enabler = EnablerOfNext(process);
        int[] clock = previous == NoEvent ? new int[_lastOfActor.Length] : [.. _events[previous].Clock];
        if (enabler != NoEvent)
        {
            int[] other = _events[enabler].Clock;
            for (int index = 0; index < clock.Length; index++)
            {
                clock[index] = Math.Max(clock[index], other[index]);
            }
        }

        clock[actor]++;
        _lastOfActor[actor] = _events.Count;
        _taken[process]++;
        _pending[process]--;
        _events.Add(new Event(process, actor, previous, clock));
        for (int other = 0; other < _actorOf.Length; other++)
        {
            for (int now = _model.PendingCount(successor, other); _pending[other] < now; _pending[other]++)
            {
                _producers[other].Add(_events.Count - 1);
            }
        }
    }

    /// <summary>Removes the last event.</summary>
    public void Pop()
    {
        Event last = _events[^1];
        _events.RemoveAt(_events.Count - 1);
        for (int process = 0; process < _actorOf.Length; process++)
        {
            List<int> producers = _producers[process];
            while (producers.Count > 0 && producers[^1] == _events.Count)
            {
                producers.RemoveAt(producers.Count - 1);
                _pending[process]--;
            }
        }

        _pending[last.Process]++;
        _taken[last.Process]--;
        _lastOfActor[last.Actor] = last.PreviousAtActor;
    }

    private readonly record struct Event(int Process, int Actor, int PreviousAtActor, int[] Clock);
}
