using System.Collections.Immutable;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Interconnect;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Cluster.Wire;

/// <summary>Timed messages between nodes of different members, to and from their form on the wire.</summary>
internal sealed class TimedEventCodec(InterconnectGraph graph)
{
    /// <summary>The form on the wire of a message to a node.</summary>
    public static TimedEvent ToWire(int node, TimedMessage message)
    {
        TimedEvent wire = new()
        {
            Node = node,
            ActsAtPicoseconds = message.ActsAt.Picoseconds,
            Source = message.Source,
            Sequence = message.Sequence,
        };
        switch (message)
        {
            case Message protocol:
                wire.Message = PageMessageCodec.ToWire(protocol);
                break;
            case Transfer transfer:
                wire.Transfer = new TransferEvent
                {
                    Payload = PageMessageCodec.ToWire(transfer.Payload),
                    Hop = transfer.Hop,
                    Bytes = transfer.Bytes,
                    TailPicoseconds = transfer.Tail.Picoseconds,
                };
                wire.Transfer.Links.Add(transfer.Route.Links);
                break;
            case StreamEndedMessage ended:
                wire.StreamEnded = ended.Stream;
                break;
            default:
                throw new InvalidOperationException($"{message.GetType().Name} never leaves its node, so it has no form on the wire");
        }

        return wire;
    }

    /// <summary>The message of a form on the wire.</summary>
    /// <exception cref="InvalidDataException">It is no message of a run.</exception>
    public TimedMessage FromWire(TimedEvent wire)
    {
        TimedMessage message = wire.BodyCase switch
        {
            TimedEvent.BodyOneofCase.Message => PageMessageCodec.FromWire(wire.Message),
            TimedEvent.BodyOneofCase.Transfer => TransferOf(wire.Transfer),
            TimedEvent.BodyOneofCase.StreamEnded => new StreamEndedMessage(wire.StreamEnded),
            TimedEvent.BodyOneofCase.None => throw new InvalidDataException($"an event for node {wire.Node} has no body"),
        };
        message.ActsAt = new VirtualTime(wire.ActsAtPicoseconds);
        message.Source = wire.Source;
        message.Sequence = wire.Sequence;
        return message;
    }

    private Transfer TransferOf(TransferEvent wire)
    {
        ImmutableArray<int> links = [.. wire.Links];
        Route route = new(links, new VirtualDuration(links.Sum(link => graph.Links[link].Latency.Picoseconds)));
        return new Transfer(PageMessageCodec.FromWire(wire.Payload), route, wire.Hop, wire.Bytes, new VirtualTime(wire.TailPicoseconds));
    }
}
