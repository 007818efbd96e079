using Akka.Actor;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Lanes;

public sealed class FailureTests
{
    [Fact]
    public void An_exception_in_a_step_stops_the_run_with_its_place_and_is_not_swallowed_by_supervision()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        List<string> seen = [];
        var original = new InvalidDataException("frame 7 has two owners");
        IActorRef actor = ScriptActor.Spawn(runtime, "gpu0", (_, message) =>
        {
            seen.Add(message.ToString()!);
            if (message is Letter { Source: 3 })
            {
                throw original;
            }
        });
        actor.Tell(new Letter(10, 1));
        actor.Tell(new Letter(20, 3, 8));
        actor.Tell(new Letter(20, 4));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.Same(original, failure.InnerException);
        Assert.Equal(new VirtualTime(20), failure.Time);
        Assert.EndsWith("/gpu0", failure.Actor, StringComparison.Ordinal);
        Assert.Contains("frame 7 has two owners", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Letter (source 3, sequence 8)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["10/1/0", "20/3/8"], seen);

        // The state of the model is not to be trusted any more.
        Assert.Same(failure, Assert.Throws<StepFailedException>(() => runtime.Run()));
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void A_child_of_an_actor_fails_the_run_too()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        IActorRef? child = null;
        ScriptActor.Spawn(runtime, "parent", (_, _) => { }, start: context =>
            child = context.ActorOf(LaneRuntime.SameLane(context, ScriptActor.Of((_, _) => throw new InvalidDataException("bad"))), "child"));
        child!.Tell(new Letter(10));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.EndsWith("/parent/child", failure.Actor, StringComparison.Ordinal);
    }

    [Fact]
    public void An_actor_that_cannot_be_created_fails_its_spawn()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        StepFailedException failure = Assert.Throws<StepFailedException>(() =>
            ScriptActor.Spawn(runtime, "gpu0", (_, _) => { }, start: _ => throw new InvalidDataException("no such preset")));
        Assert.IsType<InvalidDataException>(failure.InnerException);
    }

    [Fact]
    public void A_message_into_the_past_is_refused()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        IActorRef actor = ScriptActor.Spawn(runtime, "memory", (context, _) => context.Self.Tell(new Letter(49)));
        actor.Tell(new Letter(50));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.IsType<CausalityException>(failure.InnerException);
        Assert.Contains("in the past: it is 50ps", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_to_another_actor_nearer_than_the_lookahead_is_refused_and_one_at_the_lookahead_is_not()
    {
        Assert.Null(Record.Exception(() => SendWithDelay(100)));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => SendWithDelay(99));
        Assert.IsType<CausalityException>(failure.InnerException);
        Assert.Contains("need at least the lookahead of 100ps", failure.Message, StringComparison.Ordinal);

        static void SendWithDelay(long delay)
        {
            using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
            IActorRef receiver = ScriptActor.Spawn(runtime, "receiver", (_, _) => { });
            IActorRef sender = ScriptActor.Spawn(runtime, "sender", (_, message) => receiver.Tell(new Letter(((Letter)message).ActsAt.Picoseconds + delay)));
            sender.Tell(new Letter(50));
            runtime.Run();
        }
    }

    [Fact]
    public void What_runs_between_two_windows_cannot_act_in_the_one_that_is_over()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
        IActorRef child = ActorRefs.Nobody;
        IActorRef processor = ScriptActor.Spawn(runtime, "processor", (context, message) =>
        {
            if (message is AdvanceMessage)
            {
                child.Tell("untimed");
            }
        }, start: context => new AdvanceMessage(context, 1).Schedule(new VirtualTime(10)));
        child = ScriptActor.Spawn(runtime, "child", (context, _) => context.Self.Tell(new Letter(109)));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.IsType<CausalityException>(failure.InnerException);
        Assert.Contains("all events before 110ps are done", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_two_runs_nothing_can_be_sent_before_the_horizon()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(lookahead: 100);
        IActorRef actor = ScriptActor.Spawn(runtime, "memory", (_, _) => { });
        actor.Tell(new Letter(50));
        runtime.Run();
        Assert.Equal(new VirtualTime(150), runtime.Horizon);
        actor.Tell(new Letter(150));
        runtime.Run();
        Assert.Equal(2, runtime.Steps);
        actor.Tell(new Letter(249));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.IsType<CausalityException>(failure.InnerException);
        Assert.Contains("everything before 250ps is done", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, runtime.Steps);
    }

    [Fact]
    public void A_timed_message_from_a_foreign_thread_during_a_run_is_refused()
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime();
        IActorRef? actor = null;
        actor = ScriptActor.Spawn(runtime, "memory", (_, _) =>
        {
            var stranger = new Thread(() => actor!.Tell(new Letter(1_000_000)));
            stranger.Start();
            stranger.Join();
        });
        actor.Tell(new Letter(1));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.IsType<InvalidOperationException>(failure.InnerException);
        Assert.Equal(1, runtime.Steps);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ScriptActor.NewRuntime(lookahead: 0));
        Assert.Throws<ArgumentException>(() => ScriptActor.NewRuntime(lanes: 0));
        Assert.Throws<ArgumentException>(() => ScriptActor.NewRuntime(lanes: 65));
    }
}
