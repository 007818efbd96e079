using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Pages;

namespace HmmSim.Protocol;

/// <summary>A fault that changes an entry between the start and the end of an invalidation, or after a copy from device memory.</summary>
internal sealed class FaultTransaction
{
    /// <summary>Its number, given by the home.</summary>
    public required TransactionId Id { get; init; }

    /// <summary>The page, locked while the transaction lasts.</summary>
    public required PageAddress Address { get; init; }

    /// <summary>What is done to it.</summary>
    public required FaultWork Work { get; init; }

    /// <summary>Whether the access was a store; only then does a copy become writable.</summary>
    public required bool IsStore { get; init; }

    /// <summary>A copy's source.</summary>
    public PageFrameNumber Source { get; init; }

    /// <summary>A copy's destination.</summary>
    public PageFrameNumber Target { get; set; }

    /// <summary>Mirrors that were told, to be told of the end too.</summary>
    public List<Invalidation> Invalidated { get; } = [];

    /// <summary>Acknowledgements, the TLB shootdown, or the copy still to come.</summary>
    public int Pending { get; set; }

    /// <summary>True once the mirrors have acknowledged and contents are on their way.</summary>
    public bool IsCopying { get; set; }

    /// <summary>Messages that wait for the end, in order of arrival.</summary>
    public List<Message> Waiters { get; } = [];
}
