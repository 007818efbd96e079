using System.Diagnostics;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// Chooses whether the lanes run in parallel or in turn. It measures how fast the work goes in the present mode, tries the other
/// one now and then, and keeps to the faster. This is the only place where the wall clock enters, and results do not depend on it.
/// </summary>
internal sealed class LanePace
{
    // The other mode is tried in one sample of so many: rarely enough to lose little, often enough to follow the model.
    private const int TryOtherEvery = 32;

    private readonly int _interval;
    private double _serialRate;
    private double _parallelRate = double.PositiveInfinity; // untried, so try it
    private int _windowsLeft;
    private int _samples;
    private long _workAtBegin;
    private long _begin;

    internal LanePace(LaneSettings settings)
    {
        bool adaptive = settings is { Lanes: > 1, Threading: LaneThreading.Adaptive } && Environment.ProcessorCount > 1;
        _interval = adaptive ? settings.AdaptInterval : 0;
        _windowsLeft = _interval;
        Parallel = settings is { Lanes: > 1, Threading: LaneThreading.Parallel };
    }

    /// <summary>The present mode.</summary>
    internal bool Parallel { get; private set; }

    /// <summary>Notes that a window ended; true if the mode has changed. The thread of the first lane.</summary>
    /// <param name="work">Steps and advances of all lanes so far.</param>
    internal bool Note(long work)
    {
        if (_interval == 0 || --_windowsLeft > 0)
        {
            return false;
        }

        long now = Stopwatch.GetTimestamp();
        double rate = (work - _workAtBegin) / (now - _begin + 1.0);
        if (Parallel)
        {
            _parallelRate = rate;
        }
        else
        {
            _serialRate = rate;
        }

        bool wasParallel = Parallel;
        Parallel = ++_samples % TryOtherEvery == 0 ? !Parallel : _parallelRate > _serialRate;
        _windowsLeft = _interval;
        _workAtBegin = work;
        _begin = now;
        return Parallel != wasParallel;
    }
}
