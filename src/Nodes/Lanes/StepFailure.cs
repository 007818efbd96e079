using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

/// <summary>A failed step with its place in the total order, so that of several lanes' failures the earliest is reported.</summary>
internal sealed class StepFailure(string actor, VirtualTime time, string step, Exception cause) : IComparable<StepFailure>
{
    private StepFailedException? _exception;

    /// <summary>What the actor was handling; null for an untimed or system message.</summary>
    public TimedMessage? Message { get; set; }

    /// <summary>The exception for the caller of the run; always the same object.</summary>
    public StepFailedException Exception => _exception ??= new StepFailedException(
        actor,
        time,
        Message is null ? step : $"{Message.GetType().Name} (source {Message.Source}, sequence {Message.Sequence})",
        cause);

    public int CompareTo(StepFailure? other) => other is null ? -1 : Place.CompareTo(other.Place);

    private (VirtualTime Time, uint Source, ulong Sequence) Place => (time, Message?.Source ?? 0, Message?.Sequence ?? 0);
}
