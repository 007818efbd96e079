using System.Runtime.ExceptionServices;

namespace HmmSim.Explorer.Search;

/// <summary>
/// Threads that do one piece of work after the other together, the calling one among them. Pieces are short, so whoever waits for
/// the others keeps its core for as long as waking a thread would take.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int Spins = 300;
    private const int IterationsPerSpin = 20;
    private readonly int _size;
    private readonly Lock _failing = new();
    private readonly object _gate = new();
    private readonly Thread[] _others;
    private Action<int>? _work;
    private Exception? _failure;
    private long _arrivals;
    private long _meeting;

    /// <summary>Starts the threads.</summary>
    /// <param name="size">How many there are with the calling one.</param>
    public WorkerTeam(int size)
    {
        _size = size;
        _others = [.. Enumerable.Range(1, size - 1).Select(number => new Thread(() => Serve(number)) { IsBackground = true })];
        Array.ForEach(_others, thread => thread.Start());
    }

    /// <summary>Lets each thread do its share, by its number; the caller's is 0. Throws what one of them has thrown.</summary>
    public void Run(Action<int> work)
    {
        _work = work;
        Arrive(_meeting += _size);
        Do(work, 0);
        Arrive(_meeting += _size);
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _work = null;
        Arrive(_meeting += _size);
        Array.ForEach(_others, thread => thread.Join());
    }

    private void Serve(int number)
    {
        long meeting = 0;
        while (true)
        {
            Arrive(meeting += _size);
            if (_work is not { } work)
            {
                return;
            }

            Do(work, number);
            Arrive(meeting += _size);
        }
    }

    private void Do(Action<int> work, int number)
    {
        try
        {
            work(number);
        }
        catch (Exception exception)
        {
            lock (_failing)
            {
                _failure ??= exception;
            }
        }
    }

    /// <summary>Arrives at the meeting after which there have been so many arrivals, and waits for the others.</summary>
    private void Arrive(long meeting)
    {
        if (Interlocked.Increment(ref _arrivals) == meeting)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }

            return;
        }

        for (int spin = 0; spin < Spins; spin++)
        {
            if (Volatile.Read(ref _arrivals) >= meeting)
            {
                return;
            }

            Thread.SpinWait(IterationsPerSpin);
        }

        lock (_gate)
        {
            while (Volatile.Read(ref _arrivals) < meeting)
            {
                Monitor.Wait(_gate);
            }
        }
    }
}
