using System.Collections.Immutable;
using HmmSim.Nodes.Interconnect;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.State;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Actors;

/// <summary>A pending message in a checkpoint, with its stamp: the one place that names every kind of message a node can receive.</summary>
/// <remarks>An <see cref="Lanes.AdvanceMessage"/> is not among them: the actor makes it anew from its processor's next access.</remarks>
internal static class TimedMessageState
{
    private enum Form
    {
        Protocol = 1,
        Copy,
        Resume,
        StreamEnded,
    }

    /// <summary>Writes a message.</summary>
    public static void Save(StateWriter writer, TimedMessage message)
    {
        writer.Signed(message.ActsAt.Picoseconds);
        writer.Number(message.Source);
        writer.Number(message.Sequence);
        switch (message)
        {
            case Message protocol:
                writer.Number((ulong)Form.Protocol);
                writer.Message(protocol);
                break;
            case Transfer transfer:
                writer.Number((ulong)Form.Copy);
                writer.Message(transfer.Payload);
                writer.List(transfer.Route.Links, static (to, link) => to.Number((ulong)link));
                writer.Number((ulong)transfer.Hop);
                writer.Signed(transfer.Bytes);
                writer.Signed(transfer.Tail.Picoseconds);
                break;
            case ResumeMessage resume:
                writer.Number((ulong)Form.Resume);
                writer.Memory(resume.Endpoint);
                writer.Signed(resume.Warp);
                break;
            case StreamEndedMessage ended:
                writer.Number((ulong)Form.StreamEnded);
                writer.Number((ulong)ended.Stream);
                break;
            default:
                throw new InvalidOperationException($"{message.GetType().Name} is no message of a scenario, so it has no form in a checkpoint");
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidStateException">The bytes are no message.</exception>
    public static TimedMessage Load(StateReader reader, InterconnectGraph graph)
    {
        VirtualTime actsAt = new(reader.Signed());
        uint source = (uint)reader.Number();
        ulong sequence = reader.Number();
        ulong form = reader.Number();
        TimedMessage message = form switch
        {
            (ulong)Form.Protocol => reader.Message(),
            (ulong)Form.Copy => LoadTransfer(reader, graph),
            (ulong)Form.Resume => new ResumeMessage(reader.Memory(), (int)reader.Signed()),
            (ulong)Form.StreamEnded => new StreamEndedMessage(reader.Count()),
            _ => throw new InvalidStateException($"a pending message of form {form}"),
        };
        message.ActsAt = actsAt;
        message.Source = source;
        message.Sequence = sequence;
        return message;
    }

    private static Transfer LoadTransfer(StateReader reader, InterconnectGraph graph)
    {
        Message payload = reader.Message();
        int count = reader.Count();
        ImmutableArray<int>.Builder links = ImmutableArray.CreateBuilder<int>();
        long latency = 0;
        for (; count > 0; count--)
        {
            int link = reader.Count();
            latency += link < graph.Links.Count ? graph.Links[link].Latency.Picoseconds : throw new InvalidStateException($"a route over link {link}");
            links.Add(link);
        }

        Route route = new(links.ToImmutable(), new VirtualDuration(latency));
        return new Transfer(payload, route, reader.Count(), reader.Signed(), new VirtualTime(reader.Signed()));
    }
}
