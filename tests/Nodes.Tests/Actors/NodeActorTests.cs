using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Interconnect;
using HmmSim.Nodes.Lanes;
using HmmSim.Nodes.Simulation;
using HmmSim.Nodes.Tests.Lanes;
using HmmSim.Nodes.Tests.Scenarios;
using HmmSim.Nodes.Tests.Simulation;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Tests.Actors;

/// <summary>The shell around a node is a real Akka actor that adds nothing but order.</summary>
public sealed class NodeActorTests : TestKit
{
    [Fact]
    public async Task Every_memory_and_every_switch_of_a_scenario_is_an_actor_of_its_name()
    {
        IReadOnlyList<Node> nodes = SystemBuilder.Build(ScenarioText.Load(SmallScenario.TwoDevicesText));
        IActorRef[] actors;
        await using (LaneRuntime runtime = Attach(lanes: 2))
        {
            actors = LocalSimulation.Wire(nodes, runtime, lanes: 2);
            Assert.Equal(
                ["/user/test-lane-0/cpu0", "/user/test-lane-1/gpu0", "/user/test-lane-0/gpu1", "/user/test-lane-1/pcie0"],
                actors.Select(actor => actor.Path.ToStringWithoutAddress()));
            foreach (IActorRef actor in actors)
            {
                Assert.Equal(typeof(NodeActor), Assert.IsType<ActorCell>(((ActorRefWithCell)actor).Underlying).Props.Type);
                Watch(actor);
            }
        }

        // Death watch sees them end with their lanes: they are Akka's own.
        Assert.Equal(
            actors.Select(actor => actor.Path.Name).Order(),
            actors.Select(_ => ExpectMsg<Terminated>().ActorRef.Path.Name).Order());
    }

    [Fact]
    public void A_node_is_given_its_messages_in_virtual_time_order_and_its_advances_between_them()
    {
        using LaneRuntime runtime = Attach();
        ScriptedNode node = new(5, 250, 251);
        IActorRef actor = runtime.Spawn("node", NodeActor.Of(node));
        actor.Tell(new Letter(400, text: "c"));
        actor.Tell(new Letter(30, 2, 1, "b"));
        actor.Tell(new Letter(30, 1, 9, "a"));
        runtime.Run();
        Assert.Equal(["advance 5", "handle 30/1/9a", "handle 30/2/1b", "advance 250", "advance 251", "handle 400/0/0c"], node.Log);

    }

    [Fact]
    public void A_node_whose_next_access_changes_is_advanced_at_the_new_time()
    {
        using LaneRuntime runtime = Attach();
        ScriptedNode node = new(1000);
        IActorRef actor = runtime.Spawn("node", NodeActor.Of(node));
        node.OnHandle = () => node.Accesses = new([700]);
        actor.Tell(new Letter(30));
        runtime.Run();
        Assert.Equal(["handle 30/0/0", "advance 700"], node.Log);
    }

    [Fact]
    public void A_node_without_accesses_is_never_advanced()
    {
        using LaneRuntime runtime = Attach();
        ScriptedNode node = new();
        runtime.Spawn("node", NodeActor.Of(node)).Tell(new Letter(30));
        Assert.Equal(RunOutcome.Quiescent, runtime.Run());
        Assert.Equal(["handle 30/0/0"], node.Log);
    }

    [Fact]
    public void An_untimed_message_is_unhandled_and_harmless()
    {
        using LaneRuntime runtime = Attach();
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        ScriptedNode node = new(5);
        IActorRef actor = runtime.Spawn("node", NodeActor.Of(node));
        actor.Tell("hello", TestActor);
        actor.Tell(new Letter(30));
        Assert.Equal(RunOutcome.Quiescent, runtime.Run());
        Assert.Equal("hello", ExpectMsg<UnhandledMessage>().Message);
        Assert.Equal(["advance 5", "handle 30/0/0"], node.Log);
    }

    [Fact]
    public void A_step_that_the_protocol_calls_impossible_ends_the_run_with_actor_and_time()
    {
        IReadOnlyList<Node> nodes = SystemBuilder.Build(ScenarioText.Load(SmallScenario.TwoDevicesText));
        using LaneRuntime runtime = Attach();
        IActorRef[] actors = LocalSimulation.Wire(nodes, runtime, lanes: 1);
        DeviceNode gpu0 = nodes.OfType<DeviceNode>().First();
        MemoryId home = nodes.OfType<CpuNode>().First().Home.Id;
        Message stray = new()
        {
            Kind = MessageKind.MigrateFinalize,
            From = home,
            To = gpu0.Memory.Id,
            Block = new BlockKey(default, new VirtualBlockNumber(512)),
            Transaction = new TransactionId(home, 999),
            ActsAt = new VirtualTime(123_456),
        };
        actors[gpu0.Index].Tell(stray);
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.Same(stray, Assert.IsType<ImpossibleStepException>(failure.InnerException).StepMessage);
        Assert.EndsWith("/gpu0", failure.Actor, StringComparison.Ordinal);
        Assert.Equal(new VirtualTime(123_456), failure.Time);
    }

    [Fact]
    public void A_switch_refuses_what_is_no_transfer()
    {
        using LaneRuntime runtime = Attach();
        IActorRef actor = runtime.Spawn("pcie0", NodeActor.Of(new Node(ScriptedNode.EmptyPlan(), 0)));
        actor.Tell(new Letter(7));
        StepFailedException failure = Assert.Throws<StepFailedException>(() => runtime.Run());
        Assert.Contains("cannot handle", failure.InnerException!.Message, StringComparison.Ordinal);
    }

    private LaneRuntime Attach(int lanes = 1) => new(new LaneSettings { Name = "test", Lanes = lanes, Lookahead = new VirtualDuration(100) }, Sys);

    /// <summary>A node that has accesses at given times and logs what it is asked to do.</summary>
    private sealed class ScriptedNode(params long[] accesses) : Node(EmptyPlan(), 0)
    {
        public List<string> Log { get; } = [];

        public Queue<long> Accesses { get; set; } = new(accesses);

        public Action OnHandle { get; set; } = () => { };

        public override VirtualTime NextAccess => Accesses.TryPeek(out long next) ? new VirtualTime(next) : VirtualTime.Never;

        public override void Advance(VirtualTime until)
        {
            while (Accesses.TryPeek(out long next) && next < until.Picoseconds)
            {
                Log.Add($"advance {Accesses.Dequeue()}");
            }
        }

        public override void Handle(TimedMessage message)
        {
            Advance(message.ActsAt);
            Log.Add($"handle {message}");
            OnHandle();
        }

        public static SystemPlan EmptyPlan() => new()
        {
            Layout = new SystemLayout(new MemoryMap([]), [new AddressSpaceLayout(default, [])], TracksValues: false),
            Graph = new InterconnectGraph(["node"], [], []),
            NodeOf = new Dictionary<MemoryId, int>(),
            NodesWaitingForStream = [],
        };
    }
}
