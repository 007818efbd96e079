using HmmSim.Protocol.Messages;
using HmmSim.Races.Replay;
using HmmSim.Races.Worlds;

namespace HmmSim.Races.Models;

/// <summary>What a replay on the real actors asks, and a search that is kept in a file.</summary>
public partial class HmmModel
{
    private readonly List<ActorAction> _setup = [];

    /// <inheritdoc/>
    public IEnumerable<byte[]> Contents() => _table.Contents.All;

    /// <inheritdoc/>
    public void AddContent(byte[] content) => _table.Contents.Add(content);

    /// <summary>The machines.</summary>
    internal MachineTable Table => _table;

    /// <summary>What led from new machines to the first state.</summary>
    internal IReadOnlyList<ActorAction> SetupActions => _setup;

    /// <summary>What a transition has to do on the actors.</summary>
    internal ActorAction ActionOf(ReadOnlySpan<ulong> state, int transition)
    {
        int thread = transition - (_machines * _queues);
        if (thread < 0)
        {
            int sender = transition / _queues;
            return ActorAction.Delivery(sender, _table.OutboxOf(state[_machines + sender])[transition % _queues][0]);
        }

        int number = thread / _alternatives;
        int position = ThreadWord.Position(state[ThreadsAt], number);
        Operation operation = _threads[number].Steps[position][thread % _alternatives];
        return _threads[number].Kind == ThreadKind.Process
            ? ActorAction.Call(_calls[(number, (position * _alternatives) + (thread % _alternatives))].Sent[0].Message, operation.Device == 0)
            : ActorAction.Access(_threads[number].Machine, number, operation);
    }

    /// <summary>What the machines tell threads in a transition.</summary>
    internal IReadOnlyList<ThreadEvent> EventsOf(ReadOnlySpan<ulong> state, int transition)
    {
        ActorAction action = ActionOf(state, transition);
        return action.Operation is { } operation ? _table.Access(action.Machine, state[action.Machine], action.Thread, operation).Events
            : action.IsSent && !action.IsDelivered ? []
            : Delivered(state, action).Events;
    }

    private MachineStep Delivered(ReadOnlySpan<ulong> state, ActorAction action)
    {
        Message message = _table.MessageOf(action.Message);
        int receiver = World.PositionOf(message.To);
        return _table.Deliver(receiver, state[receiver], action.Message);
    }
}
