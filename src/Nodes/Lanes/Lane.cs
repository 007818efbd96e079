using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// One thread's share of the simulated memories: their pending events and advances, and the steps that carry them out in
/// the order of virtual time. All members are for the lane's own thread unless they say otherwise.
/// </summary>
internal sealed partial class Lane
{
    [ThreadStatic]
    private static Lane? current;

    private readonly LaneRuntime _runtime;
    private readonly EventHeap _events = new();
    private readonly AdvanceHeap _advances = new();
    private long _now;
    private long _windowEnd;
    private bool _eventsDone;
    private long _steps;
    private long _advancesDone;
    private long _windows;
    private long _undeliverable;
    private bool _someTerminated;

    internal Lane(LaneRuntime runtime, int index)
    {
        _runtime = runtime;
        Index = index;
    }

    /// <summary>The lane whose thread this is, if any.</summary>
    internal static Lane? Current => current;

    internal int Index { get; }

    internal VirtualTime Now => new(Volatile.Read(ref _now));

    /// <summary>Everything before this time is done on this lane.</summary>
    internal long HorizonPicoseconds => Volatile.Read(ref _windowEnd);

    internal long Steps => Volatile.Read(ref _steps);

    internal long AdvancesDone => Volatile.Read(ref _advancesDone);

    internal long Windows => Volatile.Read(ref _windows);

    internal long Undeliverable => Volatile.Read(ref _undeliverable);

    /// <summary>Time of the earliest event or advance; <see cref="long.MaxValue"/> if there is none.</summary>
    internal long EarliestPicoseconds => Math.Min(_events.EarliestPicoseconds, _advances.EarliestPicoseconds);

    /// <summary>Takes in a timed message for an actor of this lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Send(ActorCell target, TimedMessage message, in Envelope envelope)
    {
        long time = message.ActsAt.Picoseconds;
        if (time < _windowEnd && !MayActInsideWindow(target, message))
        {
            return;
        }

        _events.Push(time, message, new PendingEvent(target, envelope));
    }

    /// <summary>Carries out all events before <paramref name="end"/>, then all advances.</summary>
    internal void RunWindow(long end)
    {
        _windowEnd = end;
        _windows++;
        _eventsDone = false;
        if (RunEvents(end))
        {
            _eventsDone = true;
            RunAdvances(end);
        }
    }

    internal void Schedule(AdvanceMessage message, VirtualTime at)
    {
        RequireOwnThread("an advance is scheduled");
        long earliest = _eventsDone || !_runtime.IsRunning ? _windowEnd : _now;
        if (at.Picoseconds < earliest)
        {
            throw new CausalityException(
                $"{message.Owner.Self.Path} schedules an advance at {at}, but everything before {new VirtualTime(earliest)} is done; "
                + "schedule the first access that is not yet executed");
        }

        message.ActsAt = at;
        _advances.AddOrMove(message);
    }

    internal void Cancel(AdvanceMessage message)
    {
        RequireOwnThread("an advance is cancelled");
        if (message.IsPending)
        {
            _advances.Remove(message);
        }
    }

    /// <summary>Notes that an actor of this lane has ended, so that events for it are looked at before delivery.</summary>
    internal void NoteTerminated() => _someTerminated = true;

    private bool AttendAfter(TimedMessage message)
    {
        if (_failure is { Message: null } failure)
        {
            failure.Message = message;
        }

        return Attend();
    }

    private bool RunEvents(long end)
    {
        while (_events.TryPop(end, out long time, out PendingEvent pending))
        {
            _now = time;
            if (_someTerminated && pending.Target.IsTerminated)
            {
                Bury(pending.Envelope, pending.Target.Self);
                continue;
            }

            InternalCurrentActorCellKeeper.Current = pending.Target;
            pending.Target.Invoke(pending.Envelope);
            _steps++;
            if (_attention && !AttendAfter((TimedMessage)pending.Envelope.Message))
            {
                return false;
            }
        }

        return true;
    }

    private void RunAdvances(long end)
    {
        while (_advances.TryPop(end, out AdvanceMessage message))
        {
            if (message.Owner.IsTerminated)
            {
                continue;
            }

            _now = message.ActsAt.Picoseconds;
            message.Until = new VirtualTime(end);
            InternalCurrentActorCellKeeper.Current = message.Owner;
            message.Owner.Invoke(new Envelope(message, ActorRefs.NoSender));
            _advancesDone++;
            if (_attention && !AttendAfter(message))
            {
                return;
            }
        }
    }

    // A message before the window's end is fine only if an actor sends it to itself while it handles an event.
    private bool MayActInsideWindow(ActorCell target, TimedMessage message)
    {
        ActorCell? sender = InternalCurrentActorCellKeeper.Current;
        bool running = _runtime.IsRunning;
        if (running && !_eventsDone && sender == target && message.ActsAt.Picoseconds >= _now)
        {
            return true;
        }

        string from = sender is null ? "a thread outside the lanes" : sender.Self.Path.ToStringWithoutAddress();
        string what = $"{message.GetType().Name} from {from} to {target.Self.Path.ToStringWithoutAddress()} acts at {message.ActsAt}";
        string why = message.ActsAt.Picoseconds < _now ? $"in the past: it is {Now}; check the stamp of the message"
            : !running ? $"but everything before {new VirtualTime(_windowEnd)} is done; act then or later"
            : _eventsDone
                ? $"but all events before {new VirtualTime(_windowEnd)} are done; "
                    + $"an access at t must raise its message at t + lookahead ({_runtime.Settings.Lookahead}) or later"
            : $"only {message.ActsAt - Now} after {Now}; messages to another actor need at least the lookahead of {_runtime.Settings.Lookahead}: "
                + "give the link that latency or lower the lookahead";
        Fail((sender ?? target).Self, new CausalityException($"{what}, {why}"), running ? UntimedStep : "the set-up of a run");
        return false;
    }

    private void Bury(in Envelope envelope, IActorRef target)
    {
        _undeliverable++;
        IActorRef deadLetters = _runtime.System.DeadLetters;
        deadLetters.Tell(new Akka.Event.DeadLetter(envelope.Message, envelope.Sender ?? deadLetters, target), ActorRefs.NoSender);
    }

    private void RequireOwnThread(string what)
    {
        if (current != this)
        {
            throw new InvalidOperationException($"{what} outside of lane {Index}; only the owning actor may do that, while it handles a message");
        }
    }
}
