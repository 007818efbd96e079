using Akka.Actor;

namespace HmmSim.Nodes.Lanes;

/// <summary>Parent of all actors of one lane, so that their creation, supervision and end happen on that lane's thread.</summary>
internal sealed class LaneRoot(Action started) : UntypedActor
{
    protected override void PreStart() => started();

    protected override void OnReceive(object message) => Unhandled(message);
}
