using Akka.Actor;
using Akka.Actor.Internal;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

// Events that an outsider chooses: no windows, no order of time.
internal sealed partial class Lane
{
    /// <summary>Lets an actor handle one pending message now, whatever else is pending. The calling thread is the lane's meanwhile.</summary>
    internal void Deliver(TimedMessage message)
    {
        ActorCell? cellBefore = InternalCurrentActorCellKeeper.Current;
        Enter();
        try
        {
            PendingEvent chosen = _events.Take(message);
            _now = Math.Max(_now, message.ActsAt.Picoseconds);
            InternalCurrentActorCellKeeper.Current = chosen.Target;
            chosen.Target.Invoke(chosen.Envelope);
            _steps++;
            AttendAfter(message);
        }
        finally
        {
            Leave();
            InternalCurrentActorCellKeeper.Current = cellBefore!;
        }
    }
}
