using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Lanes;

/// <summary>Which mode the lanes choose, by a clock that says what each of them costs.</summary>
public sealed class LanePaceTests
{
    private const int WorkPerWindow = 100;

    [Theory]
    [InlineData(1, LaneThreading.Adaptive, 8, false)]
    [InlineData(2, LaneThreading.Adaptive, 8, true)]
    [InlineData(2, LaneThreading.Adaptive, 1, false)]
    [InlineData(2, LaneThreading.Parallel, 1, true)]
    [InlineData(2, LaneThreading.Serial, 8, false)]
    public void Several_lanes_begin_in_parallel_if_they_may(int lanes, LaneThreading threading, int cores, bool parallel)
    {
        LanePace pace = new(SettingsOf(lanes, threading), cores, new Clock());
        Assert.Equal(parallel, pace.Parallel);
    }

    [Theory]
    [InlineData(100, 190, true)] // two cores are twice as fast
    [InlineData(100, 100, true)] // no difference
    [InlineData(100, 85, true)] // too little to give up a core for: it may be luck
    [InlineData(100, 70, false)]
    [InlineData(1500, 100, false)] // threads that wait for a core
    public void The_faster_mode_is_kept(int parallelMicroseconds, int sequentialMicroseconds, bool parallel)
    {
        Run run = new(_ => parallelMicroseconds, _ => sequentialMicroseconds);
        run.Windows(20_000);
        Assert.InRange(run.ShareOf(parallel, last: 10_000), 0.8, 1.0);
    }

    [Fact]
    public void What_changes_later_is_noticed()
    {
        Run run = new(window => window < 20_000 ? 100 : 1000, _ => 190);
        run.Windows(20_000);
        Assert.InRange(run.ShareOf(parallel: true, last: 10_000), 0.8, 1.0);
        run.Windows(60_000);
        Assert.InRange(run.ShareOf(parallel: false, last: 10_000), 0.8, 1.0);
    }

    [Fact]
    public void Phases_of_a_run_do_not_look_like_a_difference_of_modes()
    {
        // The work for each window triples and falls again, for both modes alike; parallel is half as expensive throughout.
        Run run = new(window => Phase(window), window => 2 * Phase(window));
        run.Windows(40_000);
        Assert.InRange(run.ShareOf(parallel: true, last: 40_000), 0.8, 1.0);
    }

    [Fact]
    public void A_bad_mode_is_left_within_a_few_comparisons()
    {
        Run run = new(_ => 20_000, _ => 100); // a window of 20 ms where it could be 0.1 ms
        run.Windows(300);
        Assert.InRange(run.ShareOf(parallel: false, last: 250), 0.8, 1.0);
    }

    private static int Phase(int window) => window / 1000 % 2 == 0 ? 100 : 300;

    private static LaneSettings SettingsOf(int lanes, LaneThreading threading) =>
        new() { Lanes = lanes, Threading = threading, Lookahead = VirtualDuration.FromNanoseconds(1) };

    /// <summary>Windows that cost what is said, in the mode that the pace chooses.</summary>
    private sealed class Run
    {
        private readonly Clock _clock = new();
        private readonly Func<int, int> _parallelCost;
        private readonly Func<int, int> _sequentialCost;
        private readonly List<bool> _modes = [];

        public Run(Func<int, int> parallelCost, Func<int, int> sequentialCost)
        {
            _parallelCost = parallelCost;
            _sequentialCost = sequentialCost;
            Pace = new LanePace(SettingsOf(2, LaneThreading.Adaptive), 2, _clock);
            Pace.Begin(0);
        }

        public LanePace Pace { get; }

        public void Windows(int count)
        {
            for (int window = 0; window < count; window++)
            {
                int at = _modes.Count;
                _modes.Add(Pace.Parallel);
                _clock.Pass(TimeSpan.FromMicroseconds(Pace.Parallel ? _parallelCost(at) : _sequentialCost(at)));
                if (Pace.IsDue())
                {
                    Pace.Decide((long)_modes.Count * WorkPerWindow);
                }
            }
        }

        public double ShareOf(bool parallel, int last) => _modes.TakeLast(last).Count(mode => mode == parallel) / (double)last;
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
