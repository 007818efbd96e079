using Akka.Actor;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Lanes;

public sealed class SeveralLanesTests
{
    [Fact]
    public void Each_lane_has_a_thread_of_its_own()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lanes: 3);
        int[] threads = new int[3];
        for (int lane = 0; lane < 3; lane++)
        {
            int own = lane;
            ScriptActor.Spawn(runtime, $"memory-{lane}", (_, _) => threads[own] = Environment.CurrentManagedThreadId, lane).Tell(new Letter(10));
        }

        Assert.Equal(RunOutcome.Quiescent, runtime.Run());
        Assert.Equal(Environment.CurrentManagedThreadId, threads[0]);
        Assert.Equal(3, threads.Distinct().Count());
        Assert.Equal((3, 1), (runtime.Steps, runtime.Windows));
    }

    [Fact]
    public void Serial_lanes_share_the_calling_thread()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lanes: 2, threading: LaneThreading.Serial);
        int[] threads = new int[2];
        for (int lane = 0; lane < 2; lane++)
        {
            int own = lane;
            ScriptActor.Spawn(runtime, $"memory-{lane}", (_, _) => threads[own] = Environment.CurrentManagedThreadId, lane).Tell(new Letter(10));
        }

        runtime.Run();
        Assert.Equal([Environment.CurrentManagedThreadId, Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void Adaptive_lanes_try_both_ways()
    {
        if (Environment.ProcessorCount == 1)
        {
            return; // nothing to try
        }

        using LaneRuntime runtime = ScriptActor.NewRuntime(lanes: 2, threading: LaneThreading.Adaptive);
        HashSet<int> threads = [];
        Ticker(runtime, lane: 0, _ => { });
        Ticker(runtime, lane: 1, _ => threads.Add(Environment.CurrentManagedThreadId));
        runtime.Run(new RunLimits { Until = new VirtualTime(20_000) });
        Assert.Equal(2, threads.Count);
        Assert.Equal(4000, runtime.Steps);
    }

    [Fact]
    public void The_earliest_failure_of_all_lanes_is_reported()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lanes: 2);
        for (int lane = 0; lane < 2; lane++)
        {
            int own = lane;
            ScriptActor.Spawn(runtime, $"memory-{lane}", (_, _) => throw new InvalidDataException($"lane {own}"), lane).Tell(new Letter(20 - lane));
        }

        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.Equal("lane 1", failure.InnerException!.Message);
        Assert.Equal(new VirtualTime(19), failure.Time);
    }

    [Fact]
    public void A_failure_on_a_lane_of_its_own_thread_stops_all_lanes()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lanes: 2);
        Ticker(runtime, lane: 0, _ => { });
        Ticker(runtime, lane: 1, time =>
        {
            if (time == 5000)
            {
                throw new InvalidDataException("bad");
            }
        });
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.Equal(new VirtualTime(5000), failure.Time);
    }

    [Fact]
    public void A_message_to_another_lane_nearer_than_the_lookahead_is_refused()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100, lanes: 2);
        IActorRef receiver = ScriptActor.Spawn(runtime, "receiver", (_, _) => { }, lane: 1);
        ScriptActor.Spawn(runtime, "sender", (_, _) => receiver.Tell(new Letter(149))).Tell(new Letter(50));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.IsType<CausalityException>(failure.InnerException);
        Assert.EndsWith("/sender", failure.Actor, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_stops_all_lanes_and_the_run_can_go_on()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lanes: 2);
        using var cancellation = new CancellationTokenSource();
        long[] last = new long[2];
        Ticker(runtime, lane: 0, time => last[0] = time);
        Ticker(runtime, lane: 1, time =>
        {
            last[1] = time;
            if (time == 5000)
            {
                cancellation.Cancel();
            }
        });
        Assert.Equal(RunOutcome.Cancelled, runtime.Run(cancellation: cancellation.Token));
        Assert.Equal(5000, last[1]);
        Assert.InRange(last[0], 4900, 5100);
        Assert.Equal(RunOutcome.TimeLimit, runtime.Run(new RunLimits { Until = new VirtualTime(8000) }));
        Assert.Equal([7990, 7990], last);
        Assert.Equal(1600, runtime.Steps);
    }

    [Fact]
    public void An_exception_of_the_progress_callback_comes_back_to_the_caller()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lanes: 2);
        Ticker(runtime, lane: 0, _ => { });
        Ticker(runtime, lane: 1, _ => { });
        Assert.Throws<TimeZoneNotFoundException>(() => runtime.Run(new RunLimits { ProgressInterval = 100 }, _ => throw new TimeZoneNotFoundException()));
        Assert.Equal(RunOutcome.TimeLimit, runtime.Run(new RunLimits { Until = new VirtualTime(8000) }));
    }

    [Fact]
    public void An_untimed_message_to_another_lane_is_handled_before_the_run_ends()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lanes: 2);
        List<string> seen = [];
        IActorRef receiver = ScriptActor.Spawn(runtime, "receiver", (_, message) => seen.Add(message.ToString()!), lane: 1);
        ScriptActor.Spawn(runtime, "sender", (_, _) => receiver.Tell("done")).Tell(new Letter(50));
        Assert.Equal(RunOutcome.Quiescent, runtime.Run());
        Assert.Equal(["done"], seen);
    }

    [Fact]
    public void Set_up_on_one_lane_may_send_to_another()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lanes: 2);
        List<string> seen = [];
        IActorRef receiver = ScriptActor.Spawn(runtime, "receiver", (_, message) => seen.Add(message.ToString()!), lane: 1);
        ScriptActor.Spawn(runtime, "sender", (_, _) => { }, start: _ => receiver.Tell(new Letter(3)));
        runtime.Run();
        Assert.Equal(["3/0/0"], seen);
    }

    private static void Ticker(LaneRuntime runtime, int lane, Action<long> at)
    {
        IActorRef ticker = ScriptActor.Spawn(runtime, $"ticker-{lane}", (context, message) =>
        {
            long time = ((Letter)message).ActsAt.Picoseconds;
            at(time);
            context.Self.Tell(new Letter(time + 10));
        }, lane);
        ticker.Tell(new Letter(0));
    }
}
