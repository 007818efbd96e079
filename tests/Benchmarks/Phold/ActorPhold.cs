using Akka.Actor;
using HmmSim.Benchmarks.Harness;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Benchmarks.Phold;

/// <summary>PHOLD with one real Akka actor per logical process on a <see cref="LaneRuntime"/>.</summary>
internal static class ActorPhold
{
    public static Measurement Run(PholdModel model, int eventsEach, long untilPicoseconds, int lanes, LaneThreading threading)
    {
        using var runtime = new LaneRuntime(
            new LaneSettings { Lanes = lanes, Threading = threading, Lookahead = new VirtualDuration(model.LookaheadPicoseconds) });
        var actors = new IActorRef[model.Processes];
        var states = new StateBox[model.Processes];
        for (int self = 0; self < actors.Length; self++)
        {
            states[self] = new StateBox { State = PholdModel.Start(self) };
            actors[self] = runtime.Spawn($"process-{self}", Props.Create<PholdActor>(model, actors, states[self], self), self % lanes);
        }

        foreach (IActorRef actor in actors)
        {
            actor.Tell(eventsEach);
        }

        var limits = new RunLimits { Until = new VirtualTime(untilPicoseconds) };
        return Measurement.Of(() =>
        {
            runtime.Run(limits);
            return (runtime.Steps, states.Aggregate(0UL, (sum, state) => sum + state.State.Hash));
        });
    }

    /// <summary>State of an actor, visible to the harness for the hash.</summary>
    private sealed class StateBox
    {
        public PholdModel.ProcessState State;
    }

    private sealed class PholdEvent : TimedMessage;

    private sealed class PholdActor(PholdModel model, IActorRef[] actors, StateBox box, int self) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is PholdEvent item)
            {
                Schedule(item.ActsAt.Picoseconds, item.Source, item.Sequence);
            }
            else
            {
                for (int index = 0; index < (int)message; index++)
                {
                    Schedule(0, 0, 0);
                }
            }
        }

        private void Schedule(long time, uint source, ulong sequence)
        {
            long delay = model.Handle(ref box.State, self, time, source, sequence, out int receiver);
            actors[receiver].Tell(new PholdEvent { ActsAt = new VirtualTime(time + delay), Source = (uint)self, Sequence = box.State.Sequence++ });
        }
    }
}
