using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>The constants of one CPU memory.</summary>
public sealed record CpuMemorySpec
{
    /// <summary>The RAM it owns.</summary>
    public required MemoryId Id { get; init; }

    /// <summary>Time until no CPU TLB of the host holds a page that was unmapped; paid once for each range, not for each page.</summary>
    public VirtualDuration TlbShootdown { get; init; }

    /// <summary>Handler time for each page that a CPU fault installs.</summary>
    public VirtualDuration PageOverhead { get; init; }
}
