using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Frames;
using HmmSim.Protocol.Migration;

namespace HmmSim.Protocol;

/// <summary>What a device has asked a home and not yet got an answer to.</summary>
internal sealed record DeviceRequest
{
    /// <summary>Its number.</summary>
    public required TransactionId Id { get; init; }

    /// <summary>Which question.</summary>
    public required DeviceRequestKind Kind { get; init; }

    /// <summary>The block.</summary>
    public required BlockKey Block { get; init; }

    /// <summary>The pages.</summary>
    public required PageMask Pages { get; init; }

    /// <summary>Of them, those that were stored to (walk) or touched at all (migration).</summary>
    public PageMask Subset { get; init; }

    /// <summary>Migration: of the touched pages, those that were stored to.</summary>
    public PageMask Writes { get; init; }

    /// <summary>Migration: the frames reserved for the pages.</summary>
    public PageFrames Frames { get; init; }

    /// <summary>True if the driver's call in work waits for the answer, not the batch in service.</summary>
    public bool IsForCall { get; init; }

    /// <summary>Walk: the notifier sequence at its begin.</summary>
    public ulong NotifierSequence { get; set; }

    /// <summary>Eviction: the chunk.</summary>
    public int Chunk { get; init; }
}
