using Akka.Actor;
using HmmSim.Nodes.Lanes;

namespace HmmSim.Nodes.Tests.Lanes;

/// <summary>An actor whose behaviour is written in the test: a delegate for start-up and one for each message.</summary>
internal sealed class ScriptActor(Action<IActorContext> start, Action<IActorContext, object> receive) : UntypedActor
{
    public static IActorRef Spawn(LaneRuntime runtime, string name, Action<IActorContext, object> receive, int lane = 0, Action<IActorContext>? start = null) =>
        runtime.Spawn(name, Of(receive, start), lane);

    public static Props Of(Action<IActorContext, object> receive, Action<IActorContext>? start = null) =>
        Props.Create<ScriptActor>(start ?? (static _ => { }), receive);

    public static LaneRuntime NewRuntime(long lookahead = 100, int lanes = 1, LaneThreading threading = LaneThreading.Parallel) =>
        new(new LaneSettings { Lookahead = new(lookahead), Lanes = lanes, Threading = threading, AdaptInterval = 2 });

    protected override void PreStart() => start(Context);

    protected override void OnReceive(object message) => receive(Context, message);
}
