using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Interconnect;

/// <summary>
/// One directed link: latency, bandwidth, and until when its two channels are busy. Owned by the node that sends on it. Bulk
/// copies queue behind each other; small accesses have a channel of their own, as PCIe and NVLink interleave them, so a load
/// does not wait for a 2 MiB copy.
/// </summary>
public sealed partial class LinkOccupancy(LinkSpec spec)
{
    private VirtualTime _copiesUntil;
    private VirtualTime _accessesUntil;

    /// <summary>Bytes that were put on the link.</summary>
    public long Bytes { get; private set; }

    /// <summary>Messages and copies that were put on the link.</summary>
    public long Messages { get; private set; }

    /// <summary>Time the link was transferring.</summary>
    public VirtualDuration BusyTime { get; private set; }

    /// <summary>
    /// Puts a copy on the link. Its first byte can leave at <paramref name="head"/>, its last not before <paramref name="tail"/>.
    /// </summary>
    /// <returns>When the first and the last byte reach the other end.</returns>
    public (VirtualTime Head, VirtualTime Tail) Transfer(VirtualTime head, VirtualTime tail, long bytes)
    {
        VirtualTime begin = VirtualTime.Max(head, _copiesUntil);
        VirtualTime end = VirtualTime.Max(begin + spec.Bandwidth.TimeFor(bytes), tail);
        _copiesUntil = end;
        Count(1, bytes);
        return (begin + spec.Latency, end + spec.Latency);
    }

    /// <summary>Puts the bytes of a small access on the link.</summary>
    /// <returns>When the last byte has left.</returns>
    public VirtualTime Access(VirtualTime at, long bytes)
    {
        _accessesUntil = VirtualTime.Max(at, _accessesUntil) + spec.Bandwidth.TimeFor(bytes);
        return _accessesUntil;
    }

    /// <summary>Counts traffic.</summary>
    public void Count(long messages, long bytes)
    {
        Messages += messages;
        Bytes += bytes;
        BusyTime += spec.Bandwidth.TimeFor(bytes);
    }
}
