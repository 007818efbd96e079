using Akka.Actor;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

/// <summary>
/// Lets an actor execute a stretch of its own work (page hits of CPU threads or GPU warps) in bulk, instead of one event
/// per access. The actor owns one such message and reuses it for ever.
/// </summary>
/// <remarks>
/// <para>The actor says with <see cref="Schedule"/> when its next access happens. When a window has reached that time and
/// all its events are done, the actor receives this message and may execute every access before <see cref="Until"/>. What
/// it sends meanwhile must act at <see cref="Until"/> or later.</para>
/// <para>An actor that receives an ordinary message acting at t first executes its own accesses before t, and re-schedules:
/// at equal times an event goes before an advance.</para>
/// </remarks>
public sealed class AdvanceMessage : TimedMessage
{
    internal const int NotPending = -1;

    private readonly Lane _lane;

    /// <summary>Binds the message to the actor that will receive it.</summary>
    /// <param name="context">Context of the owning actor.</param>
    /// <param name="source">Number of the owning actor; orders advances due at the same time.</param>
    /// <exception cref="ArgumentException">The actor does not run on a lane.</exception>
    public AdvanceMessage(IActorContext context, uint source)
    {
        Owner = context as ActorCell ?? throw new ArgumentException("an advance needs the context of a real actor", nameof(context));
        _lane = (Owner.Dispatcher as LaneDispatcher)?.Lane
            ?? throw new ArgumentException(
                $"{Owner.Self.Path} runs on dispatcher {Owner.Dispatcher.Id}, not on a lane; create it with LaneRuntime.Spawn or LaneRuntime.SameLane",
                nameof(context));
        Source = source;
    }

    /// <summary>End (exclusive) of the stretch that may be executed; set by the lane before each delivery.</summary>
    public VirtualTime Until { get; internal set; }

    /// <summary>Whether the message waits for its delivery.</summary>
    public bool IsPending => HeapIndex != NotPending;

    internal ActorCell Owner { get; }

    internal int HeapIndex { get; set; } = NotPending;

    /// <summary>Asks for delivery when a window reaches <paramref name="at"/>; moves the message if it is already pending.</summary>
    /// <param name="at">Time of the actor's next access.</param>
    /// <exception cref="CausalityException"><paramref name="at"/> lies in the past, or before <see cref="Until"/> while the actor advances.</exception>
    public void Schedule(VirtualTime at) => _lane.Schedule(this, at);

    /// <summary>Takes the message back, if it is pending.</summary>
    public void Cancel() => _lane.Cancel(this);
}
