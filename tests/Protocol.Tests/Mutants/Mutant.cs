using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;

namespace HmmSim.Protocol.Tests.Mutants;

/// <summary>
/// One way to break the protocol from outside: what a message becomes on its way. Each new world gets a new network, because some
/// remember what they saw.
/// </summary>
internal sealed record Mutant(string Name, Func<Func<Message, IEnumerable<Message>>> NewNetwork)
{
    /// <summary>Bugs that any run with migrations and mappings meets.</summary>
    public static IReadOnlyList<Mutant> Everywhere { get; } =
    [
        new("an invalidation is acknowledged and nothing is dropped", () => message => message.Kind switch
        {
            MessageKind.InvalidateStart => [Answer(MessageKind.InvalidateAck, message)],
            MessageKind.InvalidateEnd => [],
            _ => [message],
        }),
        new("a walk that an invalidation crossed is installed all the same", InstallCrossedWalks),
        new("an invalidation never ends", () => Drop(MessageKind.InvalidateEnd)),
        new("an invalidation is lost", () => Drop(MessageKind.InvalidateStart)),
        new("frames are not freed at the source", () => message => message.Kind == MessageKind.FreePages && message.Transaction.IsNone ? [] : [message]),
        new("frames are freed twice", () => message => message.Kind == MessageKind.FreePages && !message.Pages.IsEmpty
            ? [message, Copy(message, message.Pages, message.Subset, transaction: default)]
            : [message]),
        new("frames are freed before their contents are copied", () => message => message.Kind == MessageKind.CopyPages
            ? [Answer(MessageKind.FreePages, message, message.From, message.To), message]
            : [message]),
        new("a migration is finalized before its contents arrive", FinalizeFirst),
        new("contents are lost on the way", () => message => message.Values.IsNone
            ? [message]
            : [Copy(message, message.Pages, message.Subset, message.Transaction, values: PageWords.WithPlaces())]),
        new("contents are those of an earlier copy", SendFirstContents),
        new("contents arrive twice", () => message => message.Kind == MessageKind.PageData ? [message, message] : [message]),
        new("the end of a copy is lost", () => Drop(MessageKind.CopyDone)),
        new("a call to bring a page back is lost", () => Drop(MessageKind.MigrateToRam)),
        new("the outcome of a migration is lost", () => Drop(MessageKind.MigrateFinalize)),
        new("every page asked for is said to have moved", SayAllMoved),
        new("every page is said to have stayed", () => message => message.Kind == MessageKind.MigrateFinalize
            ? [Copy(message, default, default, message.Transaction)]
            : [message]),
        new("a walk names the frame next to the right one", () => message => message.Kind == MessageKind.RangeFaultReply
            ? [Copy(message, message.Pages, message.Subset, message.Transaction, new PageFrames(message.Frames.Base + 1, Next(message.Frames.Scattered)))]
            : [message]),
    ];

    /// <summary>Bugs that show on a page that may not be written.</summary>
    public static IReadOnlyList<Mutant> OnReadOnlyPages { get; } =
    [
        new("a finalized page is writable whatever the area says", () => Widen(MessageKind.MigrateFinalize)),
        new("a walked page is writable whatever the area says", () => Widen(MessageKind.RangeFaultReply)),
    ];

    public override string ToString() => Name;

    private static Func<Message, IEnumerable<Message>> Drop(MessageKind kind) => message => message.Kind == kind ? [] : [message];

    private static Func<Message, IEnumerable<Message>> Widen(MessageKind kind) =>
        message => message.Kind == kind ? [Copy(message, message.Pages, message.Pages, message.Transaction)] : [message];

    private static Func<Message, IEnumerable<Message>> InstallCrossedWalks()
    {
        var walked = new Dictionary<(MemoryId Device, BlockKey Block), PageMask>();
        var swallowed = new HashSet<(MemoryId Device, Migration.TransactionId Transaction)>();
        return message =>
        {
            switch (message.Kind)
            {
                case MessageKind.RangeFaultReply:
                    walked[(message.To, message.Block)] = message.Pages;
                    return [message];
                case MessageKind.InvalidateStart when walked.Remove((message.To, message.Block), out PageMask pages) && pages.Overlaps(message.Pages):
                    swallowed.Add((message.To, message.Transaction));
                    return [Answer(MessageKind.InvalidateAck, message)];
                case MessageKind.InvalidateEnd when swallowed.Remove((message.To, message.Transaction)):
                    return [];
                default:
                    return [message];
            }
        };
    }

    private static Func<Message, IEnumerable<Message>> FinalizeFirst()
    {
        var late = new Dictionary<MemoryId, Message>();
        return message =>
        {
            if (message.Kind == MessageKind.PageData && message.To != message.Transaction.Opener && late.TryAdd(message.To, message))
            {
                return [Answer(MessageKind.CopyDone, message, message.To, message.Transaction.Opener)];
            }

            return message.Kind == MessageKind.MigrateFinalize && late.Remove(message.To, out Message? data) ? [message, data] : [message];
        };
    }

    private static Func<Message, IEnumerable<Message>> SendFirstContents()
    {
        var first = new Dictionary<(BlockKey Block, int Page), ulong>();
        return message =>
        {
            if (message.Kind != MessageKind.PageData)
            {
                return [message];
            }

            PageWords values = PageWords.WithPlaces();
            foreach (int page in message.Pages)
            {
                first.TryAdd((message.Block, page), message.Values[page]);
                values[page] = first[(message.Block, page)];
            }

            return [Copy(message, message.Pages, message.Subset, message.Transaction, values: values)];
        };
    }

    private static Func<Message, IEnumerable<Message>> SayAllMoved()
    {
        var asked = new Dictionary<Migration.TransactionId, PageMask>();
        return message =>
        {
            switch (message.Kind)
            {
                case MessageKind.MigrateVma:
                    asked[message.Transaction] = message.Pages;
                    return [message];
                case MessageKind.MigrateFinalize:
                    return [Copy(message, asked[message.Transaction], asked[message.Transaction], message.Transaction)];
                default:
                    return [message];
            }
        };
    }

    private static PageWords Next(PageWords frames)
    {
        PageWords next = frames.IsNone ? default : PageWords.WithPlaces();
        foreach ((int page, ulong frame) in frames)
        {
            next[page] = frame + 1;
        }

        return next;
    }

    private static Message Answer(MessageKind kind, Message message) => Answer(kind, message, message.To, message.From);

    private static Message Answer(MessageKind kind, Message message, MemoryId from, MemoryId to) => new()
    {
        Kind = kind,
        From = from,
        To = to,
        Block = message.Block,
        Pages = message.Pages,
        Frames = message.Frames,
        Transaction = kind == MessageKind.FreePages ? default : message.Transaction,
    };

    /// <summary>The message with other pages, transaction, frames or values; an empty array of values stands for zeros.</summary>
    private static Message Copy(
        Message message, PageMask pages, PageMask subset, Migration.TransactionId transaction, PageFrames? frames = null, PageWords? values = null) => new()
    {
        Kind = message.Kind,
        From = message.From,
        To = message.To,
        Block = message.Block,
        Pages = pages,
        Subset = subset,
        Transaction = transaction,
        Frames = frames ?? message.Frames,
        TargetFrames = message.TargetFrames,
        Cause = message.Cause,
        Destination = message.Destination,
        Thread = message.Thread,
        IsWrite = message.IsWrite,
        Action = message.Action,
        AccessBytes = message.AccessBytes,
        Value = message.Value,
        IsAtomicAdd = message.IsAtomicAdd,
        IsRange = message.IsRange,
        CoveredPages = message.CoveredPages,
        Error = message.Error,
        Call = message.Call,
        Result = message.Result,
        Values = values ?? message.Values,
    };
}
