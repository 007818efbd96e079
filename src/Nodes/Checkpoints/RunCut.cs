using System.Collections.Immutable;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Lanes;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.State;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>
/// The state of some or all nodes of a run between two windows (over members: at a meeting), each with what is pending for it. Nothing
/// is on its way, so the states of all nodes together are the whole run, and it does not matter which process goes on with which node.
/// </summary>
internal sealed class RunCut
{
    private readonly SortedDictionary<int, byte[]> _states;

    /// <summary>A cut.</summary>
    /// <param name="states">By node: its state and its pending messages.</param>
    /// <param name="earliest">Time of the earliest thing pending.</param>
    /// <param name="lastStep">Time of the latest step.</param>
    public RunCut(SortedDictionary<int, byte[]> states, VirtualTime earliest, VirtualTime lastStep)
    {
        _states = states;
        Earliest = earliest;
        LastStep = lastStep;
    }

    /// <summary>By node: its state and its pending messages, as bytes.</summary>
    public IReadOnlyDictionary<int, byte[]> States => _states;

    /// <summary>The nodes, ascending.</summary>
    public ImmutableArray<int> Nodes => [.. _states.Keys];

    /// <summary>Time of the earliest thing that is pending for these nodes.</summary>
    public VirtualTime Earliest { get; }

    /// <summary>Time of the latest step that any of these nodes has made.</summary>
    public VirtualTime LastStep { get; }

    /// <summary>Takes the state of nodes on the lanes of this process, while these stand.</summary>
    public static RunCut Take(IEnumerable<Node> nodes, LaneRuntime runtime)
    {
        ILookup<int, TimedMessage> pending = runtime.PendingByNode();
        SortedDictionary<int, byte[]> states = [];
        StateWriter writer = new();
        foreach (Node node in nodes)
        {
            writer.Clear();
            node.Save(writer);
            writer.List<TimedMessage>([.. pending[node.Index]], TimedMessageState.Save);
            states.Add(node.Index, writer.Written.ToArray());
        }

        return new RunCut(states, runtime.Earliest, runtime.Now);
    }

    /// <summary>The cut of a whole run from the cuts of its members, or of any of them.</summary>
    public static RunCut Merge(IEnumerable<RunCut> cuts)
    {
        SortedDictionary<int, byte[]> states = [];
        VirtualTime earliest = VirtualTime.Never;
        VirtualTime lastStep = VirtualTime.Zero;
        foreach (RunCut cut in cuts)
        {
            foreach ((int node, byte[] state) in cut._states)
            {
                states[node] = state;
            }

            earliest = VirtualTime.Min(earliest, cut.Earliest);
            lastStep = VirtualTime.Max(lastStep, cut.LastStep);
        }

        return new RunCut(states, earliest, lastStep);
    }

    /// <summary>Gives new nodes, before they are wired, their states; returns what was pending for them.</summary>
    /// <exception cref="CheckpointException">A node is missing, or its state is none.</exception>
    public IReadOnlyList<(int Node, TimedMessage Message)> Load(IEnumerable<Node> nodes)
    {
        var pending = new List<(int, TimedMessage)>();
        foreach (Node node in nodes)
        {
            if (!_states.TryGetValue(node.Index, out byte[]? state))
            {
                throw Damaged(node, "missing");
            }

            try
            {
                StateReader reader = new(state);
                node.Load(reader);
                pending.AddRange(reader.List(node.LoadMessage).Select(message => (node.Index, message)));
                if (!reader.IsAtEnd)
                {
                    throw new InvalidStateException("more bytes than the state has");
                }
            }
            catch (Exception exception) when (exception is InvalidStateException or ArgumentException or OverflowException or IndexOutOfRangeException)
            {
                throw Damaged(node, exception.Message);
            }
        }

        return pending;
    }

    private static CheckpointException Damaged(Node node, string found) =>
        new(
            "the checkpoint",
            $"the state of {node.Name}",
            found,
            "the state of this node of the scenario",
            "go on from another checkpoint, or begin anew without --resume");
}
