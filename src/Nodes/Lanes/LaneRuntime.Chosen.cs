using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

// Instead of a run: an outsider chooses which pending message is handled next.
public sealed partial class LaneRuntime
{
    /// <summary>Everything that is pending on a single lane, in the order in which it was sent. Between two deliveries.</summary>
    internal IReadOnlyList<TimedMessage> PendingMessages
    {
        get
        {
            RequireIdle();
            return [.. _lanes.SelectMany(lane => lane.Pending()).Select(pending => (TimedMessage)pending.Envelope.Message)
                .OrderBy(message => message.Source).ThenBy(message => message.Sequence)];
        }
    }

    /// <summary>Lets the receiver of a pending message handle it now. A runtime of one lane; nothing may run in it by windows.</summary>
    /// <exception cref="StepFailedException">The actor threw. The runtime cannot go on after that.</exception>
    /// <exception cref="ArgumentException">The message is not pending.</exception>
    internal void DeliverNow(TimedMessage message)
    {
        RequireIdle();
        ThrowIfFailed();
        _running = true;
        try
        {
            _lanes[0].Deliver(message);
        }
        finally
        {
            _running = false;
        }

        ThrowIfFailed();
    }
}
