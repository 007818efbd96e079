using Google.Protobuf.Collections;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Cluster.Wire;

/// <summary>A protocol message to and from its form on the wire: the one place that names every field of <see cref="Message"/>.</summary>
internal static class PageMessageCodec
{
    private const int MaskWords = VirtualBlockNumber.Pages / 64;

    /// <summary>The form on the wire. The stamp is not part of it: it belongs to the event.</summary>
    public static PageMessage ToWire(Message message)
    {
        if (message.Call is not null || message.Result is not null)
        {
            throw new InvalidOperationException($"{message.Kind} is between a process and its own host, so it has no form on the wire");
        }

        PageMessage wire = new()
        {
            Kind = (uint)message.Kind,
            From = message.From.Value,
            To = message.To.Value,
            Block = message.Block.Value,
            FramesBase = message.Frames.Base.Value,
            TransactionOpener = message.Transaction.Opener.Value,
            TransactionNumber = message.Transaction.Number,
            Cause = (uint)message.Cause,
            Destination = message.Destination.Value,
            Thread = message.Thread,
            IsWrite = message.IsWrite,
            Action = (uint)message.Action,
            AccessBytes = message.AccessBytes,
            Value = message.Value,
            IsAtomicAdd = message.IsAtomicAdd,
            FramesScattered = WordsOf(message.Frames.Scattered),
            Values = WordsOf(message.Values),
            TargetFramesBase = message.TargetFrames.Base.Value,
            TargetFramesScattered = WordsOf(message.TargetFrames.Scattered),
            Error = (uint)message.Error,
            CoveredPages = message.CoveredPages,
            IsRange = message.IsRange,
            AllocationFails = message.AllocationFails,
        };
        AddMask(wire.Pages, message.Pages);
        AddMask(wire.Subset, message.Subset);
        return wire;
    }

    /// <summary>The message.</summary>
    /// <exception cref="InvalidDataException">A mask or a list has the wrong length.</exception>
    public static Message FromWire(PageMessage wire) => new()
    {
        Kind = (MessageKind)wire.Kind,
        From = new MemoryId(wire.From),
        To = new MemoryId(wire.To),
        Block = new BlockKey(wire.Block),
        Pages = MaskOf(wire.Pages),
        Subset = MaskOf(wire.Subset),
        Frames = new PageFrames(new PageFrameNumber(wire.FramesBase), WordsOf(wire.FramesScattered)),
        TargetFrames = new PageFrames(new PageFrameNumber(wire.TargetFramesBase), WordsOf(wire.TargetFramesScattered)),
        Error = (Errno)wire.Error,
        CoveredPages = wire.CoveredPages,
        IsRange = wire.IsRange,
        AllocationFails = wire.AllocationFails,
        Transaction = new TransactionId(new MemoryId(wire.TransactionOpener), wire.TransactionNumber),
        Cause = (MigrationCause)wire.Cause,
        Destination = new MemoryId(wire.Destination),
        Thread = wire.Thread,
        IsWrite = wire.IsWrite,
        Action = (FaultAction)wire.Action,
        AccessBytes = wire.AccessBytes,
        Value = wire.Value,
        IsAtomicAdd = wire.IsAtomicAdd,
        Values = WordsOf(wire.Values),
    };

    private static void AddMask(RepeatedField<ulong> words, in PageMask mask)
    {
        if (!mask.IsEmpty)
        {
            for (int word = 0; word < MaskWords; word++)
            {
                words.Add(mask.Read(word));
            }
        }
    }

    private static WordsOfPages? WordsOf(PageWords words)
    {
        if (words.IsNone)
        {
            return null;
        }

        WordsOfPages wire = new();
        foreach ((int page, ulong word) in words)
        {
            wire.Pages.Add((uint)page);
            wire.Words.Add(word);
        }

        return wire;
    }

    private static PageWords WordsOf(WordsOfPages? wire)
    {
        if (wire is null)
        {
            return default;
        }

        if (wire.Pages.Count != wire.Words.Count)
        {
            throw new InvalidDataException($"there are {wire.Words.Count} words of {wire.Pages.Count} pages; expected one for each");
        }

        PageWords words = PageWords.WithPlaces(wire.Pages.Count);
        for (int at = 0; at < wire.Pages.Count; at++)
        {
            uint page = wire.Pages[at];
            if (page >= VirtualBlockNumber.Pages || (at > 0 && page <= wire.Pages[at - 1]))
            {
                throw new InvalidDataException(
                    $"word {at} is of page {page}; expected pages of a block in ascending order, 0 to {VirtualBlockNumber.Pages - 1}");
            }

            words[(int)page] = wire.Words[at];
        }

        return words;
    }

    private static PageMask MaskOf(RepeatedField<ulong> words)
    {
        if (words.Count is not (0 or MaskWords))
        {
            throw new InvalidDataException($"a page mask has {words.Count} words; expected {MaskWords} or none");
        }

        PageMask mask = default;
        for (int word = 0; word < words.Count; word++)
        {
            for (ulong rest = words[word]; rest != 0; rest &= rest - 1)
            {
                mask.Add((word * 64) + System.Numerics.BitOperations.TrailingZeroCount(rest));
            }
        }

        return mask;
    }
}
