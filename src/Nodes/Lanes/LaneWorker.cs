namespace HmmSim.Nodes.Lanes;

/// <summary>The thread of a lane other than the first, which has the caller's. It sleeps between two runs.</summary>
internal sealed class LaneWorker : IDisposable
{
    private readonly Lane _lane;
    private readonly SemaphoreSlim _begin = new(0);
    private readonly SemaphoreSlim _end = new(0);
    private readonly Thread _thread;
    private Action<Lane>? _work;

    public LaneWorker(Lane lane, string name)
    {
        _lane = lane;
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Lets the thread do <paramref name="work"/>, which must not throw.</summary>
    public void Begin(Action<Lane> work)
    {
        _work = work;
        _begin.Release();
    }

    /// <summary>Waits until the work is done.</summary>
    public void Join() => _end.Wait();

    /// <summary>Ends the thread; only while it has no work.</summary>
    public void Dispose()
    {
        _work = null;
        _begin.Release();
        _thread.Join();
        _begin.Dispose();
        _end.Dispose();
    }

    private void Loop()
    {
        for (_begin.Wait(); _work is { } work; _begin.Wait())
        {
            work(_lane);
            _end.Release();
        }
    }
}
