using Akka.Actor;
using CsCheck;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Lanes;

/// <summary>Every actor hashes what it receives in order, so that a single exchange of two messages shows.</summary>
public sealed class DeterminismTests
{
    private const int Actors = 12;
    private const long Lookahead = 50;

    [Fact]
    public void Two_runs_give_every_actor_the_same_messages_in_the_same_order()
    {
        Assert.Equal(Hashes(1, new RunLimits(), seed: 1), Hashes(1, new RunLimits(), seed: 1));
        Assert.NotEqual(Hashes(1, new RunLimits(), seed: 1), Hashes(1, new RunLimits(), seed: 2));
    }

    [Fact]
    public void A_run_in_pieces_equals_a_run_at_once()
    {
        ulong[] whole = Hashes(1, new RunLimits(), seed: 3);
        Assert.Equal(whole, Hashes(1, new RunLimits { MaxSteps = 1 }, seed: 3));
        Assert.Equal(whole, Hashes(1, new RunLimits { MaxSteps = 777 }, seed: 3));
    }

    [Theory]
    [InlineData(2, LaneThreading.Parallel)]
    [InlineData(4, LaneThreading.Parallel)]
    [InlineData(3, LaneThreading.Serial)]
    [InlineData(2, LaneThreading.Adaptive)]
    [InlineData(4, LaneThreading.Adaptive)]
    public void Every_number_of_lanes_gives_every_actor_the_same_messages_in_the_same_order(int lanes, LaneThreading threading)
    {
        for (ulong seed = 10; seed < 15; seed++)
        {
            Assert.Equal(Hashes(1, new RunLimits(), seed), Hashes(lanes, new RunLimits(), seed, threading: threading));
        }
    }

    [Fact]
    public void Any_placement_of_the_actors_gives_the_same() => Gen.Select(Gen.Int[2, 4], Gen.Int[0, 3].Array[Actors], Gen.ULong[20, 23]).Sample(
        (lanes, places, seed) => Assert.Equal(Hashes(1, new RunLimits(), seed), Hashes(lanes, new RunLimits(), seed, self => places[self] % lanes)),
        iter: 20,
        threads: 1);

    [Fact]
    public void A_run_in_pieces_on_two_lanes_equals_a_run_at_once_on_one() =>
        Assert.Equal(Hashes(1, new RunLimits(), seed: 3), Hashes(2, new RunLimits { MaxSteps = 500 }, seed: 3));

    private static ulong[] Hashes(int lanes, RunLimits limits, ulong seed, Func<int, int>? placement = null, LaneThreading threading = LaneThreading.Parallel)
    {
        using LaneRuntime runtime = ScriptActor.NewRuntime(Lookahead, lanes, threading);
        var actors = new IActorRef[Actors];
        var states = new Gossip[Actors];
        for (int self = 0; self < Actors; self++)
        {
            states[self] = new Gossip(self, actors, seed);
            actors[self] = runtime.Spawn($"actor-{self}", Props.Create<GossipActor>(states[self]), placement?.Invoke(self) ?? self % lanes);
        }

        for (int self = 0; self < Actors; self++)
        {
            actors[self].Tell(new Letter(self % 3, (uint)(100 + self)));
        }

        long done = 0;
        while (runtime.Run(limits with { MaxSteps = limits.MaxSteps == long.MaxValue ? long.MaxValue : done + limits.MaxSteps }) != RunOutcome.Quiescent)
        {
            done = runtime.Steps;
        }

        Assert.True(runtime.Steps > 5000, $"{runtime.Steps} steps are too few to show anything");
        return [.. states.Select(state => state.Hash)];
    }

    /// <summary>Sends to others and to itself with small integer delays, so that ties are the rule; also advances in bulk.</summary>
    private sealed class Gossip(int self, IActorRef[] actors, ulong seed)
    {
        private ulong _random = (((ulong)self + 1) * 0x9E37_79B9_7F4A_7C15) ^ (seed * 0xD120_0000_0000_CAFD) | 1;
        private ulong _sequence;
        private long _nextAccess = self;

        public ulong Hash { get; private set; }

        public void Receive(AdvanceMessage advance, TimedMessage message)
        {
            if (message == advance)
            {
                Access(advance.Until.Picoseconds);
            }
            else
            {
                Access(message.ActsAt.Picoseconds);
                Fold(((ulong)message.ActsAt.Picoseconds << 20) ^ ((ulong)message.Source << 50) ^ message.Sequence);
                long now = message.ActsAt.Picoseconds;
                Send(self, now + (long)(Next() % 40));
                if (Next() % 3 != 0)
                {
                    Send((int)(Next() % Actors), now + Lookahead + (long)(Next() % 8));
                }
            }

            if (_nextAccess < 2000)
            {
                advance.Schedule(new VirtualTime(_nextAccess));
            }
        }

        // Accesses its pages every few picoseconds; each seventeenth misses and raises a fault one lookahead later.
        private void Access(long until)
        {
            for (; _nextAccess < until && _nextAccess < 2000; _nextAccess += 1 + (long)(Next() % 9))
            {
                Fold((ulong)_nextAccess);
                if (Next() % 17 == 0)
                {
                    Send((int)(Next() % Actors), _nextAccess + Lookahead);
                }
            }
        }

        private void Send(int to, long at)
        {
            if (at < 2000 && (to != self || _sequence < 3000))
            {
                actors[to].Tell(new Letter(at, (uint)self, _sequence++));
            }
        }

        private void Fold(ulong value)
        {
            Hash = (Hash ^ value) * 0x9E37_79B9_7F4A_7C15;
            Hash ^= Hash >> 31;
        }

        private ulong Next()
        {
            _random ^= _random << 13;
            _random ^= _random >> 7;
            _random ^= _random << 17;
            return _random >> 11;
        }
    }

    private sealed class GossipActor : UntypedActor
    {
        private readonly Gossip _gossip;
        private readonly AdvanceMessage _advance;

        public GossipActor(Gossip gossip)
        {
            _gossip = gossip;
            _advance = new AdvanceMessage(Context, 0);
        }

        protected override void OnReceive(object message) => _gossip.Receive(_advance, (TimedMessage)message);
    }
}
