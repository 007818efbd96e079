using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Dispatch;

namespace HmmSim.Nodes.Lanes;

// What is not ordered by virtual time: mailboxes with untimed and system messages, failures, and requests to stop. All of
// it is rare, so the loop over events looks at a single flag after each step.
internal sealed partial class Lane
{
    private const string UntimedStep = "an untimed message";

    private readonly Queue<IRunnable> _ready = new();
    private readonly ConcurrentQueue<IRunnable> _inbox = new();
    private readonly object _inboxSignal = new();
    private volatile bool _attention;
    private volatile bool _released;
    private StepFailure? _failure;

    /// <summary>What an actor of this lane threw, if one did.</summary>
    internal StepFailure? Failure => _failure;

    /// <summary>Whether a mailbox waits to run. Any thread, between two runs.</summary>
    internal bool HasUntimedWork => _ready.Count > 0 || !_inbox.IsEmpty;

    /// <summary>Makes the lane look up from its events after the current step. Any thread.</summary>
    internal void CallForAttention() => _attention = true;

    /// <summary>Lets a mailbox with untimed or system messages run before the next step. Any thread.</summary>
    internal void Execute(IRunnable mailbox)
    {
        if (current == this)
        {
            _ready.Enqueue(mailbox);
            _attention = true;
            return;
        }

        _inbox.Enqueue(mailbox);
        _attention = true;
        lock (_inboxSignal)
        {
            Monitor.PulseAll(_inboxSignal);
        }

        if (_released)
        {
            HandToThreadPool();
        }
    }

    /// <summary>Runs waiting mailboxes on the calling thread until <paramref name="done"/>; for set-up, while no run goes on.</summary>
    internal void PumpUntil(Func<bool> done)
    {
        Lane? previous = current;
        current = this;
        try
        {
            for (Attend(); !done() && _failure is null; Attend())
            {
                lock (_inboxSignal)
                {
                    while (_inbox.IsEmpty)
                    {
                        Monitor.Wait(_inboxSignal);
                    }
                }
            }
        }
        finally
        {
            current = previous;
        }
    }

    /// <summary>Makes the calling thread this lane's thread.</summary>
    internal void Enter() => current = this;

    /// <summary>Makes the calling thread an ordinary one again.</summary>
    internal static void Leave() => current = null;

    /// <summary>Runs every mailbox that waits; false if the run has to stop.</summary>
    internal bool Attend()
    {
        if (_attention)
        {
            // The flag must be down before the inbox is read, or a late entry would wait for the next one.
            _attention = false;
            Interlocked.MemoryBarrier();
            while (_ready.TryDequeue(out IRunnable? mailbox) || _inbox.TryDequeue(out mailbox))
            {
                mailbox.Run();
            }
        }

        return _failure is null && !_runtime.StopRequested;
    }

    /// <summary>Remembers the first failure; the lane stops after the current step.</summary>
    /// <remarks>An exception would not do: Akka swallows what is thrown inside a <c>Tell</c>.</remarks>
    /// <param name="actor">Whose step it was.</param>
    /// <param name="cause">What went wrong.</param>
    /// <param name="step">What the actor was doing, if it was not handling a timed message.</param>
    internal void Fail(IActorRef actor, Exception cause, string step = UntimedStep)
    {
        while (cause is ActorInitializationException or System.Reflection.TargetInvocationException && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        Interlocked.CompareExchange(ref _failure, new StepFailure(actor.Path.ToStringWithoutAddress(), Now, step, cause), null);
        _attention = true;
    }

    /// <summary>Gives the actors back to the thread pool, so that they can end in the ordinary way.</summary>
    internal void Release()
    {
        _released = true;
        HandToThreadPool();
    }

    private void HandToThreadPool()
    {
        while (_ready.TryDequeue(out IRunnable? mailbox) || _inbox.TryDequeue(out mailbox))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.Run(), mailbox, preferLocal: false);
        }
    }
}
