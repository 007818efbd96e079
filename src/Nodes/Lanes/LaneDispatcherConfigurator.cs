using Akka.Dispatch;

namespace HmmSim.Nodes.Lanes;

/// <summary>Makes a lane known to an actor system under a dispatcher id; it always returns the one dispatcher of the lane.</summary>
internal sealed class LaneDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly LaneDispatcher _dispatcher;

    internal LaneDispatcherConfigurator(Lane lane, string id, Dispatchers dispatchers)
        : base(dispatchers.DefaultDispatcherConfig, dispatchers.Prerequisites) => _dispatcher = new LaneDispatcher(this, lane, id);

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
