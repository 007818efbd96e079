using Akka.Actor;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Lanes;

public sealed class LimitTests
{
    [Fact]
    public void A_run_stops_at_its_time_limit_and_can_go_on()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        List<long> seen = [];
        Ticker(runtime, seen, period: 10);
        Assert.Equal(RunOutcome.TimeLimit, runtime.Run(new RunLimits { Until = new VirtualTime(30) }));
        Assert.Equal([0, 10, 20], seen);
        Assert.Equal(RunOutcome.TimeLimit, runtime.Run(new RunLimits { Until = new VirtualTime(31) }));
        Assert.Equal([0, 10, 20, 30], seen);
    }

    [Fact]
    public void A_step_limit_stops_at_the_end_of_its_window()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
        List<long> seen = [];
        Ticker(runtime, seen, period: 10);
        Assert.Equal(RunOutcome.StepLimit, runtime.Run(new RunLimits { MaxSteps = 11 }));
        Assert.Equal(20, runtime.Steps);
    }

    [Fact]
    public void Cancelling_stops_after_the_current_step_and_the_run_can_go_on()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 1_000_000);
        using var cancellation = new CancellationTokenSource();
        List<long> seen = [];
        Ticker(runtime, seen, period: 10, at: time =>
        {
            if (time == 500)
            {
                cancellation.Cancel();
            }
        });
        Assert.Equal(RunOutcome.Cancelled, runtime.Run(cancellation: cancellation.Token));
        Assert.Equal(51, seen.Count);
        Assert.Equal(RunOutcome.TimeLimit, runtime.Run(new RunLimits { Until = new VirtualTime(520) }));
        Assert.Equal([500, 510], seen[50..]);
    }

    [Fact]
    public void A_run_that_is_cancelled_already_does_nothing()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        List<long> seen = [];
        Ticker(runtime, seen, period: 10);
        Assert.Equal(RunOutcome.Cancelled, runtime.Run(cancellation: new CancellationToken(canceled: true)));
        Assert.Empty(seen);
    }

    [Fact]
    public void Progress_is_reported_in_rising_order()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        Ticker(runtime, [], period: 10);
        List<RunProgress> reports = [];
        runtime.Run(new RunLimits { Until = new VirtualTime(10_000), ProgressInterval = 100 }, reports.Add);
        Assert.InRange(reports.Count, 5, 10);
        Assert.Equal(reports.OrderBy(report => report.Steps), reports);
        Assert.All(reports, report => Assert.InRange(report.Horizon.Picoseconds, 1, 10_000));
    }

    [Fact]
    public void A_long_silence_costs_one_window()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 1);
        IActorRef actor = ScriptActor.Spawn(runtime, "memory", (_, _) => { });
        actor.Tell(new Letter(1));
        actor.Tell(new Letter(long.MaxValue - 1));
        Assert.Equal(RunOutcome.Quiescent, runtime.Run());
        Assert.Equal(2, runtime.Steps);
        Assert.Equal(2, runtime.Windows);
    }

    private static void Ticker(LaneRuntime runtime, List<long> seen, long period, Action<long>? at = null)
    {
        IActorRef ticker = ScriptActor.Spawn(runtime, "ticker", (context, message) =>
        {
            long time = ((Letter)message).ActsAt.Picoseconds;
            seen.Add(time);
            at?.Invoke(time);
            context.Self.Tell(new Letter(time + period));
        });
        ticker.Tell(new Letter(0));
    }
}
