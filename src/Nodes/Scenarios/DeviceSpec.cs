using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;
using HmmSim.Protocol.Topology;

namespace HmmSim.Nodes.Scenarios;

/// <summary>A device with memory of its own, its fault unit and the driver's cost of servicing its faults.</summary>
public sealed record DeviceSpec
{
    /// <summary>Name of the device, unique among processors and switches.</summary>
    public required string Name { get; init; }

    /// <summary>Size of the device memory, a multiple of 2 MiB: the unit in which it is allocated and evicted.</summary>
    public required ByteSize Memory { get; init; }

    /// <summary>From a miss to the fault's record in the fault buffer and the interrupt at the host; above zero: the lookahead of a device.</summary>
    public required VirtualDuration FaultLatency { get; init; }

    /// <summary>Entries of the fault buffer.</summary>
    public required int FaultBufferEntries { get; init; }

    /// <summary>Most faults fetched and serviced together, 1 to <see cref="FaultBufferEntries"/>.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Fixed host work for each batch.</summary>
    public required VirtualDuration BatchOverhead { get; init; }

    /// <summary>Host work for each 2 MiB VA block that a batch touches.</summary>
    public required VirtualDuration BlockOverhead { get; init; }

    /// <summary>Host work for each page serviced.</summary>
    public required VirtualDuration PageOverhead { get; init; }

    /// <summary>When the driver asks the device to retry its faulted accesses.</summary>
    public required ReplayPolicy ReplayPolicy { get; init; }

    /// <summary>From the driver's replay command to the retried access.</summary>
    public required VirtualDuration ReplayLatency { get; init; }

    /// <summary>What a fault of the device brings to it: 4 KiB, 64 KiB or 2 MiB, naturally aligned.</summary>
    public required ByteSize MigrationGranularity { get; init; }

    /// <summary>What a touch by a CPU brings back from the device: 4 KiB, 64 KiB or 2 MiB, naturally aligned.</summary>
    public required ByteSize CpuFaultGranularity { get; init; }

    /// <summary>How pages come from another device.</summary>
    public required PeerCopy PeerCopy { get; init; }

    /// <summary>What its memory is to the CPU.</summary>
    public DeviceMemoryKind MemoryKind { get; init; }
}
