using System.Diagnostics;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// Chooses whether the lanes run in parallel or in turn. It measures how fast the work goes in the present mode, tries the other
/// one now and then, and keeps to the faster. This is the only place where the wall clock enters, and results do not depend on it.
/// </summary>
/// <remarks>
/// <para>It begins in parallel: that is what lanes are for. A wrong mode can be fifteen times slower, for instance when others use the
/// cores. So a trial is short, and each one that fails doubles the time until the next.</para>
/// <para>Windows last from microseconds to many milliseconds, so what counts is time: enough of it that a thread that others have pushed
/// aside once does not decide the matter.</para>
/// </remarks>
internal sealed class LanePace
{
    private const int FirstPatience = 4;
    private const int MaxPatience = 64;
    private const int TrialDivisor = 8;
    private static readonly long LongestSample = Stopwatch.Frequency / 10;
    private static readonly long LongestTrial = Stopwatch.Frequency / 25;

    private readonly int _interval;
    private double _presentRate;
    private bool _onTrial;
    private int _patience = 1;
    private int _samplesUntilTrial = 1;
    private int _windowsLeft;
    private long _workAtBegin;
    private long _begin;

    internal LanePace(LaneSettings settings)
    {
        bool adaptive = settings is { Lanes: > 1, Threading: LaneThreading.Adaptive } && Environment.ProcessorCount > 1;
        _interval = adaptive ? settings.AdaptInterval : 0;
        _windowsLeft = _interval;
        Parallel = adaptive || settings is { Lanes: > 1, Threading: LaneThreading.Parallel };
    }

    /// <summary>The present mode.</summary>
    internal bool Parallel { get; private set; }

    /// <summary>Starts the clock, when a run begins or the mode has changed. The thread of the first lane.</summary>
    /// <param name="work">Steps and advances of all lanes so far.</param>
    internal void Begin(long work)
    {
        _workAtBegin = work;
        _begin = Stopwatch.GetTimestamp();
    }

    /// <summary>Notes that a window ended; true if it is time to <see cref="Decide"/>. The thread of the first lane.</summary>
    internal bool IsDue() => _interval != 0 && (--_windowsLeft <= 0 || Stopwatch.GetTimestamp() - _begin >= (_onTrial ? LongestTrial : LongestSample));

    /// <summary>Chooses the mode from here on; true if it has changed. The thread of the first lane.</summary>
    /// <param name="work">Steps and advances of all lanes so far.</param>
    internal bool Decide(long work)
    {
        long now = Stopwatch.GetTimestamp();
        double rate = (work - _workAtBegin) / (now - _begin + 1.0);
        bool change = _onTrial ? EndTrial(rate) : EndSample(rate);
        Parallel ^= change;
        _windowsLeft = _onTrial ? Math.Max(1, _interval / TrialDivisor) : _interval;
        _workAtBegin = work;
        _begin = now;
        return change;
    }

    private bool EndSample(double rate)
    {
        _presentRate = rate;
        _onTrial = --_samplesUntilTrial == 0;
        return _onTrial;
    }

    private bool EndTrial(double rate)
    {
        bool better = rate > _presentRate;
        _onTrial = false;
        _patience = better ? FirstPatience : Math.Clamp(_patience * 2, FirstPatience, MaxPatience);
        _samplesUntilTrial = _patience;
        return !better;
    }
}
