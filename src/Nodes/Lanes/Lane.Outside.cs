using Akka.Actor;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

// Timed messages that come from another thread than the lane's own.
internal sealed partial class Lane
{
    private readonly Lock _setUp = new();

    /// <summary>Takes in a timed message between two runs. Any thread.</summary>
    internal void SendFromOutside(ActorCell target, TimedMessage message, in Envelope envelope)
    {
        if (_runtime.IsRunning)
        {
            Fail(target.Self, new InvalidOperationException(
                $"{message.GetType().Name} comes from outside the lanes while they run, so its order would depend on the wall clock; send it between two runs"));
            return;
        }

        lock (_setUp)
        {
            Send(target, message, envelope);
        }
    }
}
