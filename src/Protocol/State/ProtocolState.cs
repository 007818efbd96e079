using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Pages;

namespace HmmSim.Protocol.State;

/// <summary>The small values that states are made of.</summary>
internal static class ProtocolState
{
    public static void Frame(this StateWriter writer, PageFrameNumber frame) => writer.Number(frame.Value);

    public static PageFrameNumber Frame(this StateReader reader) => reader.Named(new PageFrameNumber(reader.Number()));

    public static void OptionalFrame(this StateWriter writer, PageFrameNumber? frame) => writer.Number(frame is { } present ? present.Value + 1 : 0);

    public static PageFrameNumber? OptionalFrame(this StateReader reader) =>
        reader.Number() is var frame and not 0 ? reader.Named(new PageFrameNumber(frame - 1)) : null;

    public static void Thread(this StateWriter writer, int thread) => writer.Signed(thread);

    public static int Thread(this StateReader reader)
    {
        int thread = (int)reader.Signed();
        return reader.Renaming?.Thread(thread) ?? thread;
    }

    public static void Mirror(this StateWriter writer, uint mirror) => writer.Number(mirror);

    public static uint Mirror(this StateReader reader)
    {
        uint mirror = (uint)reader.Number();
        return reader.Renaming?.Mirror(mirror) ?? mirror;
    }

    /// <summary>What a page holds.</summary>
    public static void Value(this StateWriter writer, ulong value) => writer.Number(value);

    /// <inheritdoc cref="Value(StateWriter, ulong)"/>
    public static ulong Value(this StateReader reader)
    {
        ulong value = reader.Number();
        return reader.Renaming?.Value(value) ?? value;
    }

    public static void ValueList(this StateWriter writer, IReadOnlyCollection<ulong> values) =>
        writer.List(values, static (writer, value) => writer.Value(value));

    public static List<ulong> ValueList(this StateReader reader) => reader.List(static reader => reader.Value());

    /// <summary>What the pages of a block hold.</summary>
    public static PageWords BlockValues(this StateReader reader) => reader.Words(static (reader, value) => reader.Renaming!.Value(value));

    /// <summary>A frame under its new name.</summary>
    public static PageFrameNumber Named(this StateReader reader, PageFrameNumber frame) => reader.Renaming?.Frame(frame) ?? frame;

    /// <summary>An address space under its new name.</summary>
    public static AddressSpaceId Named(this StateReader reader, AddressSpaceId space) => reader.Renaming?.Space(space) ?? space;

    public static void Page(this StateWriter writer, VirtualPageNumber page) => writer.Number(page.Value);

    public static VirtualPageNumber Page(this StateReader reader) => new(reader.Number());

    public static void Space(this StateWriter writer, AddressSpaceId space) => writer.Number(space.Value);

    public static AddressSpaceId Space(this StateReader reader) => reader.Named(new AddressSpaceId((ushort)reader.Number()));

    public static void Address(this StateWriter writer, PageAddress address)
    {
        writer.Space(address.Space);
        writer.Page(address.Page);
    }

    public static PageAddress Address(this StateReader reader) => new(reader.Space(), reader.Page());

    public static void Transaction(this StateWriter writer, TransactionId transaction)
    {
        writer.Memory(transaction.Opener);
        writer.Number(transaction.Number);
    }

    public static TransactionId Transaction(this StateReader reader) => new(reader.Memory(), (uint)reader.Number());

    public static void Frames(this StateWriter writer, PageFrames frames)
    {
        writer.Flag(!frames.Scattered.IsNone);
        if (frames.Scattered.IsNone)
        {
            writer.Number(frames.Base.Value);
        }
        else
        {
            writer.Words(frames.Scattered);
        }
    }

    public static PageFrames Frames(this StateReader reader)
    {
        return reader.Flag()
            ? new PageFrames(default, reader.Words(static (reader, frame) => reader.Named(new PageFrameNumber(frame)).Value))
            : new PageFrames(reader.Frame());
    }

    /// <summary>
    /// Who was told. Messages to different memories are independent, so without report fields only the order of those to one memory is kept.
    /// </summary>
    public static void Told(this StateWriter writer, List<Invalidation> told) =>
        writer.List(
            writer.BehaviourOnly ? [.. told.OrderBy(invalidation => invalidation.Mirror)] : told,
            static (writer, invalidation) => writer.Invalidation(invalidation));

    public static void Invalidation(this StateWriter writer, Invalidation invalidation)
    {
        writer.Memory(invalidation.Mirror);
        writer.Block(invalidation.Block);
        writer.Mask(invalidation.Pages);
    }

    public static Invalidation Invalidation(this StateReader reader) => new(reader.Memory(), reader.Block(), reader.Mask());

    public static void Area(this StateWriter writer, Vma area)
    {
        writer.Page(area.Begin);
        writer.Page(area.End);
        writer.Number((ulong)area.Protections);
        writer.Number((ulong)area.Backing);
        writer.Signed(area.File.Value);
        writer.Signed(area.PageOffset);
        writer.Number((ulong)area.Flags);
        writer.Signed(area.AnonVma);
        for (AnonVmaLink? link = area.Ancestors; link is not null; link = link.Next)
        {
            writer.Flag(true);
            writer.Signed(link.AnonVma);
        }

        writer.Flag(false);
    }

    public static Vma Area(this StateReader reader)
    {
        Vma area = new()
        {
            Begin = reader.Page(),
            End = reader.Page(),
            Protections = (Protections)reader.Number(),
            Backing = (AreaBacking)reader.Number(),
            File = new FileId((int)reader.Signed()),
            PageOffset = reader.Signed(),
            Flags = (AreaFlags)reader.Number(),
            AnonVma = (int)reader.Signed(),
        };
        List<int> ancestors = [];
        while (reader.Flag())
        {
            ancestors.Add((int)reader.Signed());
        }

        ancestors.Reverse();
        return area with { Ancestors = ancestors.Aggregate((AnonVmaLink?)null, (older, link) => new AnonVmaLink(link, older)) };
    }

    public static void Record(this StateWriter writer, PageRecord record)
    {
        writer.List(record.Mappings, static (writer, mapping) => writer.Address(mapping));
        writer.Flag(record.IsExclusive);
        writer.Signed(record.AnonVma);
        writer.Signed(record.PageOffset);
        writer.Signed(record.File.Value);
        writer.Signed(record.FilePage);
        writer.Signed(record.SwapSlot);
        writer.Signed(record.PinCount);
        writer.Flag(record.IsLazyFree);
        writer.Flag(record.IsReclaimMarked);
        writer.Signed(record.LeakedReferences);
        writer.Flag(record.IsMoved);
    }

    public static PageRecord Record(this StateReader reader)
    {
        PageRecord record = new();
        record.Mappings.AddRange(reader.List(static reader => reader.Address()));
        record.IsExclusive = reader.Flag();
        record.AnonVma = (int)reader.Signed();
        record.PageOffset = reader.Signed();
        record.File = new FileId((int)reader.Signed());
        record.FilePage = reader.Signed();
        record.SwapSlot = (int)reader.Signed();
        record.PinCount = (int)reader.Signed();
        record.IsLazyFree = reader.Flag();
        record.IsReclaimMarked = reader.Flag();
        record.LeakedReferences = (int)reader.Signed();
        record.IsMoved = reader.Flag();
        return record;
    }
}
