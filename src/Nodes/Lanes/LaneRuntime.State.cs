using Akka.Actor;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Lanes;

// Cuts: where a run can be stopped, saved, and gone on from, here or elsewhere.
public sealed partial class LaneRuntime
{
    private volatile bool _cutRequested;
    private VirtualTime _resumedAt;

    /// <summary>
    /// Asks for a cut: the run returns <see cref="RunOutcome.Cut"/> at the next end of a window (over members: at the next meeting, and
    /// theirs do too). Any thread. A request while no run goes on counts for the next one.
    /// </summary>
    public void RequestCut() => _cutRequested = true;

    internal bool CutRequested => _cutRequested;

    /// <summary>Time of the earliest event or advance of the lanes of this process; never if there is none. Between two runs.</summary>
    internal VirtualTime Earliest => new(_lanes.Min(lane => lane.EarliestPicoseconds));

    /// <summary>What is pending for each node, in the order in which it will be handled. Between two runs.</summary>
    internal ILookup<int, TimedMessage> PendingByNode()
    {
        RequireIdle();
        Dictionary<ActorCell, int> nodes = [];
        for (int node = 0; node < _nodes.Length; node++)
        {
            if (_nodes[node] is { } cell)
            {
                nodes.Add(cell, node);
            }
        }

        return _lanes.SelectMany(lane => lane.Pending())
            .Select(pending => (Node: nodes[pending.Target], Message: (TimedMessage)pending.Envelope.Message))
            .OrderBy(pending => pending.Message.ActsAt).ThenBy(pending => pending.Message.Source).ThenBy(pending => pending.Message.Sequence)
            .ToLookup(pending => pending.Node, pending => pending.Message);
    }

    /// <summary>Puts back what was pending at the cut that this run goes on from; before the first run, after <see cref="ConnectNodes"/>.</summary>
    /// <param name="pending">Messages, by node; in any order.</param>
    /// <param name="lastStep">Time of the latest step before the cut.</param>
    internal void Restore(IEnumerable<(int Node, TimedMessage Message)> pending, VirtualTime lastStep)
    {
        RequireIdle();
        _resumedAt = lastStep;
        foreach ((int node, TimedMessage message) in pending)
        {
            Deliver(node, message);
        }
    }
}
