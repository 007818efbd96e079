using Akka.Actor;
using HmmSim.Benchmarks.Harness;
using HmmSim.Benchmarks.Phold;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Benchmarks.PingPong;

/// <summary>Two actors and one message between them: the floor of what a hop costs, with nothing else in the queue.</summary>
internal sealed class PingPongBenchmark : IBenchmark
{
    public string Name => "ping-pong";

    public string Summary => "two real actors with one message between them, on a lane and on Akka's default dispatcher: --rounds 7 --thousand 1000";

    public void Run(BenchmarkOptions options)
    {
        long hops = options.Integer("thousand", 1000) * 1000L;
        Console.WriteLine($"ping-pong, {hops} hops");
        var table = new Rounds("hop");
        table.Add("sequential 4-ary heap, virtual call per player", () => OnHeap(hops));
        table.Add("real actors on one lane, virtual time", () => OnLane(hops));
        table.Add("real actors, Akka's default dispatcher, no time", () => OnThreadPool(hops));
        table.Print(options.Integer("rounds", 7));
    }

    private static Measurement OnHeap(long hops)
    {
        Player[] players = [new HeapPlayer(1), new HeapPlayer(0)];
        return Measurement.Of(() =>
        {
            var heap = new SequentialHeap();
            heap.Push(new SequentialHeap.Event(0, 0, 0, 0));
            for (long hop = 0; hop < hops; hop++)
            {
                SequentialHeap.Event ball = heap.Pop();
                players[ball.Target].Handle(ball, heap);
            }

            return (hops, (ulong)hops);
        });
    }

    private static Measurement OnLane(long hops)
    {
        var delay = new VirtualDuration(1000);
        using var runtime = new LaneRuntime(new LaneSettings { Lookahead = delay });
        IActorRef[] players = new IActorRef[2];
        players[0] = runtime.Spawn("ping", Props.Create<TimedPlayer>(players, 1, delay));
        players[1] = runtime.Spawn("pong", Props.Create<TimedPlayer>(players, 0, delay));
        players[0].Tell(new Ball { ActsAt = VirtualTime.Zero });
        var limits = new RunLimits { Until = VirtualTime.Zero + (delay * hops) };
        return Measurement.Of(() =>
        {
            runtime.Run(limits);
            return (runtime.Steps, (ulong)runtime.Steps);
        });
    }

    private static Measurement OnThreadPool(long hops)
    {
        using ActorSystem system = ActorSystem.Create("ping-pong", "akka { loggers = [], loglevel = OFF, stdout-loglevel = OFF }");
        using var done = new ManualResetEventSlim();
        IActorRef[] players = new IActorRef[2];
        players[0] = system.ActorOf(Props.Create<UntimedPlayer>(players, 1, done));
        players[1] = system.ActorOf(Props.Create<UntimedPlayer>(players, 0, done));
        return Measurement.Of(() =>
        {
            players[0].Tell(new Countdown { Left = hops });
            done.Wait();
            return (hops, (ulong)hops);
        });
    }

    /// <summary>What the sequential contender calls: a virtual method, as a simulator with objects would.</summary>
    private abstract class Player
    {
        public abstract void Handle(in SequentialHeap.Event ball, SequentialHeap heap);
    }

    private sealed class HeapPlayer(int other) : Player
    {
        public override void Handle(in SequentialHeap.Event ball, SequentialHeap heap) =>
            heap.Push(new SequentialHeap.Event(ball.Time + 1000, ball.Sequence + 1, (uint)ball.Target, other));
    }

    private sealed class Ball : TimedMessage;

    private sealed class Countdown
    {
        public long Left { get; set; }
    }

    private sealed class TimedPlayer(IActorRef[] players, int other, VirtualDuration delay) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            // One ball flies at a time, so the object can be thrown back.
            var ball = (Ball)message;
            ball.ActsAt += delay;
            players[other].Tell(ball);
        }
    }

    private sealed class UntimedPlayer(IActorRef[] players, int other, ManualResetEventSlim done) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            var ball = (Countdown)message;
            if (--ball.Left <= 0)
            {
                done.Set();
                return;
            }

            players[other].Tell(ball);
        }
    }
}
