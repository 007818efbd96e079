using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;

namespace HmmSim.Nodes.Cluster.Exchange;

/// <summary>
/// Carries out the actors of Akka.Remote, one after the other: on a thread of its own, or, while somebody waits for what they will
/// bring, on the thread that waits.
/// </summary>
/// <remarks>
/// A frame passes five actors on its way out and three on its way in. On the thread pool each of these steps can wake a thread, which
/// costs some ten microseconds and more of computing time than the step, on the cores that the lanes need. Here they follow each
/// other on one thread, and the last one is the thread of the run.
/// </remarks>
internal sealed class WireExecutor : ExecutorService
{
    [ThreadStatic]
    private static WireExecutor? current;

    private readonly ConcurrentQueue<IRunnable> _queue = new();
    private readonly object _ownGate = new();
    private readonly object _guestGate = new();
    private volatile bool _ownSleeps;
    private volatile bool _hasGuest;
    private volatile bool _guestSleeps;
    private volatile bool _ended;

    /// <summary>An executor with its thread.</summary>
    public WireExecutor(string id)
        : base(id) => new Thread(Loop) { IsBackground = true, Name = "wire" }.Start();

    /// <summary>The executor that carries out the calling actor, if one does.</summary>
    public static WireExecutor? Current => current;

    /// <inheritdoc/>
    public override void Execute(IRunnable run)
    {
        _queue.Enqueue(run);
        if (current != this)
        {
            Wake();
        }
    }

    /// <inheritdoc/>
    public override void Shutdown()
    {
        _ended = true;
        Wake();
    }

    /// <summary>Carries out actors on the calling thread until something is done; one thread at a time.</summary>
    /// <param name="done">What is waited for.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether it is done; not so after the timeout.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public bool RunUntil(Func<bool> done, TimeSpan timeout, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static executor => ((WireExecutor)executor!).WakeGuest(), this);
        WireExecutor? before = current;
        current = this;
        _hasGuest = true;
        try
        {
            while (!done())
            {
                cancellation.ThrowIfCancellationRequested();
                if (_queue.TryDequeue(out IRunnable? run))
                {
                    run.Run();
                }
                else if (!SleepAsGuest(timeout - Stopwatch.GetElapsedTime(begin), cancellation))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            current = before;
            _hasGuest = false;
            Interlocked.MemoryBarrier();
            if (!_queue.IsEmpty)
            {
                Wake();
            }
        }
    }

    private void Loop()
    {
        current = this;
        while (!_ended)
        {
            while (!_hasGuest && _queue.TryDequeue(out IRunnable? run))
            {
                run.Run();
            }

            lock (_ownGate)
            {
                _ownSleeps = true;
                Interlocked.MemoryBarrier();
                while (!_ended && (_hasGuest || _queue.IsEmpty))
                {
                    Monitor.Wait(_ownGate);
                }

                _ownSleeps = false;
            }
        }

        // What comes so late belongs to nobody any more.
        while (_queue.TryDequeue(out IRunnable? run))
        {
            run.Run();
        }
    }

    private bool SleepAsGuest(TimeSpan atMost, CancellationToken cancellation)
    {
        bool pulsed = atMost > TimeSpan.Zero;
        lock (_guestGate)
        {
            _guestSleeps = true;
            Interlocked.MemoryBarrier();
            if (pulsed && _queue.IsEmpty && !cancellation.IsCancellationRequested)
            {
                pulsed = Monitor.Wait(_guestGate, atMost);
            }

            _guestSleeps = false;
        }

        return pulsed;
    }

    // Either who goes to sleep sees the queue, or we see the sleeper. A guest that is just leaving looks once more.
    private void Wake()
    {
        Interlocked.MemoryBarrier();
        if (_hasGuest)
        {
            if (_guestSleeps)
            {
                WakeGuest();
            }
        }
        else if (_ownSleeps)
        {
            lock (_ownGate)
            {
                Monitor.Pulse(_ownGate);
            }
        }
    }

    private void WakeGuest()
    {
        lock (_guestGate)
        {
            Monitor.Pulse(_guestGate);
        }
    }
}

/// <summary>Makes the <see cref="WireExecutor"/> of a dispatcher; Akka finds it by its name in the configuration.</summary>
internal sealed class WireExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceConfigurator(config, prerequisites)
{
    /// <inheritdoc/>
    public override ExecutorService Produce(string id) => new WireExecutor(id);
}
