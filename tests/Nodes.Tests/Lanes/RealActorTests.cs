using Akka.Actor;
using Akka.TestKit.Xunit2;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Lanes;

/// <summary>What runs on a lane is a real Akka actor: cell, dispatcher, parent, death watch and dead letters are Akka's own.</summary>
public sealed class RealActorTests : TestKit
{
    [Fact]
    public void An_actor_lives_on_the_dispatcher_of_its_lane_under_the_root_of_its_lane()
    {
        using LaneRuntime runtime = Attach(lanes: 2);
        IActorRef actor = runtime.Spawn("gpu0", Props.Create<Reporter>(TestActor), lane: 1);
        actor.Tell(new Letter(5));
        runtime.Run();
        Assert.Equal("test.lane-1", ExpectMsg<string>());
        Assert.Equal("/user/test-lane-1/gpu0", ExpectMsg<string>());
        Assert.Equal("test-lane-1", ExpectMsg<string>());
        Assert.Equal(actor, LastSender);
    }

    [Fact]
    public void Its_props_and_behaviour_are_used()
    {
        using LaneRuntime runtime = Attach();
        IActorRef actor = runtime.Spawn("gpu0", Props.Create<Switcher>(TestActor));
        actor.Tell(new Letter(20));
        actor.Tell(new Letter(10));
        runtime.Run();
        ExpectMsg("first 10/0/0");
        ExpectMsg("second 20/0/0");
    }

    [Fact]
    public void Death_watch_works_and_messages_to_the_dead_become_dead_letters()
    {
        using LaneRuntime runtime = Attach();
        IActorRef actor = ScriptActor.Spawn(runtime, "gpu0", (context, _) => context.Stop(context.Self));
        Watch(actor);
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.DeadLetter));
        actor.Tell(new Letter(10));
        actor.Tell(new Letter(20, text: "late"));
        Assert.Equal(RunOutcome.Quiescent, runtime.Run());
        FishForMessage(message => message is Terminated terminated && terminated.ActorRef.Equals(actor));
        Assert.Equal(1, runtime.Steps);
        Assert.Equal(1, runtime.Undeliverable);
    }

    [Fact]
    public void Messages_to_the_dead_become_dead_letters()
    {
        using LaneRuntime runtime = Attach();
        IActorRef actor = ScriptActor.Spawn(runtime, "gpu0", (context, _) => context.Stop(context.Self));
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.DeadLetter));
        actor.Tell(new Letter(10));
        actor.Tell(new Letter(20, text: "late"), TestActor);
        runtime.Run();
        Akka.Event.DeadLetter dead = ExpectMsg<Akka.Event.DeadLetter>();
        Assert.Equal("20/0/0late", dead.Message.ToString());
        Assert.Equal((TestActor, actor), (dead.Sender, dead.Recipient));
    }

    [Fact]
    public void A_watcher_on_the_lane_hears_of_an_end_between_two_steps()
    {
        using LaneRuntime runtime = Attach();
        List<string> seen = [];
        IActorRef mortal = ScriptActor.Spawn(runtime, "mortal", (context, _) => context.Stop(context.Self));
        IActorRef watcher = ScriptActor.Spawn(
            runtime,
            "watcher",
            (_, message) => seen.Add(message is Terminated ? "terminated" : message.ToString()!),
            start: context => context.Watch(mortal));
        watcher.Tell(new Letter(5));
        mortal.Tell(new Letter(10));
        watcher.Tell(new Letter(15));
        runtime.Run();
        Assert.Equal(["5/0/0", "terminated", "15/0/0"], seen);
    }

    [Fact]
    public void A_child_made_during_a_step_lives_on_the_same_lane()
    {
        using LaneRuntime runtime = Attach();
        List<string> seen = [];
        IActorRef parent = ScriptActor.Spawn(runtime, "parent", (context, _) =>
        {
            IActorRef child = context.ActorOf(
                LaneRuntime.SameLane(context, ScriptActor.Of((own, message) => seen.Add($"{own.Self.Path.ToStringWithoutAddress()} {message}"))),
                "child");
            child.Tell(new Letter(200));
        });
        parent.Tell(new Letter(10));
        runtime.Run();
        Assert.Equal(["/user/test-lane-0/parent/child 200/0/0"], seen);
    }

    [Fact]
    public void A_name_is_taken_once_and_a_system_has_lanes_of_a_name_once()
    {
        using LaneRuntime runtime = Attach();
        ScriptActor.Spawn(runtime, "gpu0", (_, _) => { });
        Assert.Throws<InvalidActorNameException>(() => ScriptActor.Spawn(runtime, "gpu0", (_, _) => { }));
        Assert.Throws<ArgumentException>(() => Attach());
    }

    [Fact]
    public async Task Disposing_ends_the_actors_but_leaves_a_foreign_actor_system_alone()
    {
        await using (LaneRuntime runtime = Attach())
        {
            Watch(ScriptActor.Spawn(runtime, "gpu0", (_, _) => { }));
        }

        ExpectMsg<Terminated>();
        Assert.False(Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Disposing_ends_an_actor_system_of_its_own()
    {
        LaneRuntime runtime = ScriptActor.NewRuntime();
        ScriptActor.Spawn(runtime, "gpu0", (_, _) => { });
        await runtime.DisposeAsync();
        Assert.True(runtime.System.WhenTerminated.IsCompletedSuccessfully);
        Assert.Throws<ObjectDisposedException>(() => runtime.Run());
    }

    private LaneRuntime Attach(int lanes = 1) => new(new LaneSettings { Name = "test", Lanes = lanes, Lookahead = new VirtualDuration(100) }, Sys);

    private sealed class Reporter(IActorRef probe) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            probe.Tell(((ActorCell)Context).Dispatcher.Id);
            probe.Tell(Self.Path.ToStringWithoutAddress());
            probe.Tell(Context.Parent.Path.Name);
        }
    }

    private sealed class Switcher : ReceiveActor
    {
        public Switcher(IActorRef probe) => Receive<Letter>(letter =>
        {
            probe.Tell($"first {letter}");
            Become(() => Receive<Letter>(next => probe.Tell($"second {next}")));
        });
    }
}
