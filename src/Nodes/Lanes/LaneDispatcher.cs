using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// The Akka dispatcher of one lane. A timed message goes straight into the lane's heap and never touches a mailbox; untimed
/// and system messages take Akka's ordinary way through the mailbox, which the lane runs between two steps.
/// </summary>
internal sealed class LaneDispatcher : MessageDispatcher
{
    internal LaneDispatcher(MessageDispatcherConfigurator configurator, Lane lane, string id)
        : base(configurator)
    {
        Lane = lane;
        Id = id;
        Throughput = DefaultThroughput;
    }

    internal Lane Lane { get; }

    /// <inheritdoc/>
    public override void Dispatch(ActorCell cell, Envelope envelope)
    {
        if (envelope.Message is not TimedMessage message)
        {
            base.Dispatch(cell, envelope);
        }
        else if (Lane.Current == Lane)
        {
            Lane.Send(cell, message, envelope);
        }
        else
        {
            Lane.SendFromOutside(cell, message, envelope);
        }
    }

    /// <inheritdoc/>
    public override void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        if (message is Failed failed)
        {
            // The supervisor is not asked: an actor of the model that throws is a bug, and the run ends here.
            Lane.Fail(failed.Child, failed.Cause);
        }
        else
        {
            base.SystemDispatch(cell, message);
        }
    }

    /// <inheritdoc/>
    public override void Detach(ActorCell cell)
    {
        Lane.NoteTerminated();
        base.Detach(cell);
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => Lane.Execute(run);

    /// <summary>The lane's threads belong to the runtime: there is nothing to shut down.</summary>
    protected override void Shutdown()
    {
    }
}
