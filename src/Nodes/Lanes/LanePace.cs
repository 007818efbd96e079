namespace HmmSim.Nodes.Lanes;

/// <summary>
/// Chooses whether the lanes run in parallel or in turn. Now and then it lets both modes run by turns for a while, and keeps to the faster.
/// The order of events does not depend on the clock, so no result does.
/// </summary>
/// <remarks>
/// <para>It begins in parallel: that is what lanes are for. A wrong mode can be fifteen times slower, for instance when others use the
/// cores. So turns are short, and each comparison that changes nothing doubles the time until the next.</para>
/// <para>How much there is to do for each window changes as a run goes on, by more than what the modes differ by; hence several turns of each,
/// close to one another. Windows last from microseconds to many milliseconds, so a turn ends by time as well.</para>
/// </remarks>
internal sealed class LanePace
{
    private const int Turns = 6;

    // The modes need the same computing time unless threads are pushed aside, so what shows little difference is luck.
    private const double AdvantageOfTurns = 1.25;
    private const double AdvantageOfParallel = 0.9;
    private const int FirstPatience = 4;
    private const int MaxPatience = 64;
    private const int TurnDivisor = 4;
    private static readonly TimeSpan LongestStretch = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(10);

    private readonly TimeProvider _clock;
    private readonly int _interval;
    private int _turnsLeft;
    private Effort _present;
    private Effort _other;
    private int _patience = 1;
    private int _stretchesLeft = 1;
    private int _windowsLeft;
    private long _workAtBegin;
    private long _begin;

    /// <summary>The pace of lanes that are laid out so.</summary>
    /// <param name="settings">How many lanes, and whether they may choose.</param>
    /// <param name="cores">Cores of this machine.</param>
    /// <param name="clock">Tells what the modes cost.</param>
    internal LanePace(LaneSettings settings, int cores, TimeProvider clock)
    {
        _clock = clock;
        bool adaptive = settings is { Lanes: > 1, Threading: LaneThreading.Adaptive } && cores > 1;
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
        _begin = _clock.GetTimestamp();
    }

    /// <summary>Notes that a window ended; true if it is time to <see cref="Decide"/>. The thread of the first lane.</summary>
    internal bool IsDue() =>
        _interval != 0 && (--_windowsLeft <= 0 || _clock.GetElapsedTime(_begin) >= (_turnsLeft > 0 ? LongestTurn : LongestStretch));

    /// <summary>Chooses the mode from here on; true if it has changed. The thread of the first lane.</summary>
    /// <param name="work">Steps and advances of all lanes so far.</param>
    internal bool Decide(long work)
    {
        bool change = _turnsLeft > 0 ? EndTurn(new Effort(work - _workAtBegin, _clock.GetElapsedTime(_begin))) : EndStretch();
        Parallel ^= change;
        _windowsLeft = _turnsLeft > 0 ? Math.Max(1, _interval / TurnDivisor) : _interval;
        Begin(work);
        return change;
    }

    private bool EndStretch()
    {
        if (--_stretchesLeft == 0)
        {
            _turnsLeft = Turns;
            (_present, _other) = (default, default);
        }

        return false;
    }

    private bool EndTurn(Effort effort)
    {
        // The first turn is the present mode's.
        ref Effort mode = ref _turnsLeft % 2 == 0 ? ref _present : ref _other;
        mode = new Effort(mode.Work + effort.Work, mode.Time + effort.Time);
        if (--_turnsLeft > 0)
        {
            return true;
        }

        // The last turn was the other mode's.
        bool better = _other.Rate > _present.Rate * (Parallel ? AdvantageOfParallel : AdvantageOfTurns);
        _patience = better ? FirstPatience : Math.Clamp(_patience * 2, FirstPatience, MaxPatience);
        _stretchesLeft = _patience;
        return !better;
    }

    /// <summary>Steps and advances, and the time they took.</summary>
    private readonly record struct Effort(long Work, TimeSpan Time)
    {
        public double Rate => Work / (Time.Ticks + 1.0);
    }
}
