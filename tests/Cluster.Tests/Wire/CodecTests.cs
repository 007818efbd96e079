using System.Reflection;
using CsCheck;
using HmmSim.Nodes.Actors;
using HmmSim.Nodes.Cluster.Wire;
using HmmSim.Nodes.Interconnect;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Cluster.Tests.Wire;

/// <summary>What travels between members arrives as it was.</summary>
public sealed class CodecTests
{
    private static readonly InterconnectGraph Graph = new(["a", "b", "c"], LocalRun.Shipped("two-hosts.yaml").Links.Take(3).Select((link, i) => link with
    {
        From = i == 0 ? "a" : "b", To = i == 0 ? "b" : "c",
    }).ToList(), []);

    private static readonly Gen<PageMask> Masks = Gen.Select(Gen.Int[0, 511], Gen.Int[0, 512], Gen.Int[0, 511], (begin, count, more) =>
        PageMask.Range(begin, count) | (count % 2 == 0 ? default : PageMask.Of(more)));

    private static readonly Gen<PageWords> OnePerPage = Gen.Bool.SelectMany(some => some
        ? Gen.Select(Gen.Int[0, 511], Gen.ULong).Array[0, 512].Select(Words)
        : Gen.Const(default(PageWords)));

    private static readonly Gen<Message> Messages = Gen.Select(
        Gen.Select(Gen.Enum<MessageKind>(), Gen.UInt, Gen.UInt, Gen.ULong, Masks, Masks),
        Gen.Select(Gen.ULong, OnePerPage, Gen.UInt, Gen.UInt, Gen.Enum<MigrationCause>(), Gen.UInt),
        Gen.Select(Gen.Int, Gen.Bool, Gen.Enum<FaultAction>(), Gen.Int, Gen.ULong, Gen.Bool, OnePerPage),
        (what, frames, rest) => new Message
        {
            Kind = what.Item1,
            From = new MemoryId(what.Item2),
            To = new MemoryId(what.Item3),
            Block = new BlockKey(what.Item4),
            Pages = what.Item5,
            Subset = what.Item6,
            Frames = new PageFrames(new PageFrameNumber(frames.Item1), frames.Item2),
            Transaction = new TransactionId(new MemoryId(frames.Item3), frames.Item4),
            Cause = frames.Item5,
            Destination = new MemoryId(frames.Item6),
            Thread = rest.Item1,
            IsWrite = rest.Item2,
            Action = rest.Item3,
            AccessBytes = rest.Item4,
            Value = rest.Item5,
            IsAtomicAdd = rest.Item6,
            Values = rest.Item7,
        });

    private static PageWords Words((int Page, ulong Word)[] pairs)
    {
        PageWords words = PageWords.WithPlaces();
        foreach ((int page, ulong word) in pairs)
        {
            words[page] = word;
        }

        return words;
    }

    [Fact]
    public void A_message_arrives_with_every_property_it_has() => Messages.Sample(message =>
    {
        byte[] wire = Google.Protobuf.MessageExtensions.ToByteArray(PageMessageCodec.ToWire(message));
        Message arrived = PageMessageCodec.FromWire(PageMessage.Parser.ParseFrom(wire));
        foreach (PropertyInfo property in typeof(Message).GetProperties())
        {
            if (property.PropertyType == typeof(PageFrames))
            {
                PageFrames expected = (PageFrames)property.GetValue(message)!;
                PageFrames actual = (PageFrames)property.GetValue(arrived)!;
                Assert.Equal(expected.Base, actual.Base);
                Assert.Equal(expected.Scattered, actual.Scattered);
            }
            else
            {
                Assert.Equal(property.GetValue(message), property.GetValue(arrived));
            }
        }
    });

    [Fact]
    public void An_event_arrives_with_its_stamp_and_its_route()
    {
        Message payload = new() { Kind = MessageKind.PageData, From = new MemoryId(1), To = new MemoryId(2), Pages = PageMask.All };
        Transfer transfer = new(payload, Graph.FindRoute(0, 2), 1, 4096, new VirtualTime(99))
        {
            ActsAt = new VirtualTime(77),
            Source = 5,
            Sequence = 1UL << 60,
        };
        TimedEvent wire = TimedEvent.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(TimedEventCodec.ToWire(2, transfer)));
        Transfer arrived = Assert.IsType<Transfer>(new TimedEventCodec(Graph).FromWire(wire));
        Assert.Equal((2, transfer.ActsAt, transfer.Source, transfer.Sequence), (wire.Node, arrived.ActsAt, arrived.Source, arrived.Sequence));
        Assert.True(transfer.Route.Links.SequenceEqual(arrived.Route.Links));
        Assert.Equal(transfer.Route.Latency, arrived.Route.Latency);
        Assert.Equal((transfer.Hop, transfer.Bytes, transfer.Tail), (arrived.Hop, arrived.Bytes, arrived.Tail));
        Assert.Equal(PageMask.All, arrived.Payload.Pages);
        Assert.Equal(7, Assert.IsType<StreamEndedMessage>(new TimedEventCodec(Graph).FromWire(TimedEventCodec.ToWire(0, new StreamEndedMessage(7)))).Stream);
    }

    [Fact]
    public void What_never_leaves_its_node_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => TimedEventCodec.ToWire(0, new ResumeMessage(new MemoryId(1), 0)));

    [Theory]
    [InlineData(new uint[] { 3 }, 2)]
    [InlineData(new uint[] { 512 }, 1)]
    [InlineData(new uint[] { 3, 3 }, 2)]
    [InlineData(new uint[] { 4, 3 }, 2)]
    public void Words_that_are_not_one_for_each_page_in_order_are_refused(uint[] pages, int words)
    {
        WordsOfPages values = new();
        values.Pages.Add(pages);
        values.Words.Add(Enumerable.Repeat(7UL, words));
        Assert.Throws<InvalidDataException>(() => PageMessageCodec.FromWire(new PageMessage { Values = values }));
    }

    [Fact]
    public void A_mask_of_the_wrong_length_is_refused()
    {
        PageMessage wire = new();
        wire.Pages.Add(1);
        Assert.Throws<InvalidDataException>(() => PageMessageCodec.FromWire(wire));
    }
}
