using HmmSim.Protocol.Messages;

namespace HmmSim.Nodes.Lanes;

/// <summary>The timed messages of one lane to the nodes of one other member, since the last meeting of the members.</summary>
internal sealed class MemberOutbox
{
    private readonly List<(int Node, TimedMessage Message)> _items = [];

    /// <summary>Time of the earliest message; <see cref="long.MaxValue"/> if there is none.</summary>
    public long EarliestPicoseconds { get; private set; } = long.MaxValue;

    /// <summary>The messages with the node each is for.</summary>
    public IReadOnlyList<(int Node, TimedMessage Message)> Items => _items;

    /// <summary>Adds a message.</summary>
    public void Add(int node, TimedMessage message)
    {
        _items.Add((node, message));
        EarliestPicoseconds = Math.Min(EarliestPicoseconds, message.ActsAt.Picoseconds);
    }

    /// <summary>Forgets the messages, once they are on their way.</summary>
    public void Clear()
    {
        _items.Clear();
        EarliestPicoseconds = long.MaxValue;
    }
}
