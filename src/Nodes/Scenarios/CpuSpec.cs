using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Scenarios;

/// <summary>A CPU memory: RAM, page tables and the cost of the kernel work that faults and migrations cause on it.</summary>
public sealed record CpuSpec
{
    /// <summary>Name of the processor, unique among processors and switches.</summary>
    public required string Name { get; init; }

    /// <summary>Size of the RAM, a multiple of 4 KiB.</summary>
    public required ByteSize Ram { get; init; }

    /// <summary>Part of the RAM lent to ranges whose home is another host, a multiple of 4 KiB, at most <see cref="Ram"/>.</summary>
    public required ByteSize GuestRam { get; init; }

    /// <summary>From the touch of a special entry to the handler's first step; above zero, because it is the lookahead of a CPU.</summary>
    public required VirtualDuration FaultOverhead { get; init; }

    /// <summary>Interrupting all cores to drop their cached translations of a range.</summary>
    public required VirtualDuration TlbShootdown { get; init; }

    /// <summary>Handler work for each page of a migration.</summary>
    public required VirtualDuration PageOverhead { get; init; }
}
