using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;

namespace HmmSim.Protocol;

/// <summary>The constants of one device memory and of the driver that serves it. Defaults are those of nvidia-uvm where it has one.</summary>
public sealed record DeviceMemorySpec
{
    /// <summary>The memory it owns.</summary>
    public required MemoryId Id { get; init; }

    /// <summary>Entries of the fault buffer, at least 1; a fault that finds it full is lost and raised again after a replay.</summary>
    public int FaultBufferEntries { get; init; } = 4096;

    /// <summary>Faults fetched at once at most (<c>uvm_perf_fault_batch_count</c>), at least 1.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>From the first fault in an idle buffer to the fetch: interrupt, bottom half, fetch, sort.</summary>
    public VirtualDuration BatchOverhead { get; init; }

    /// <summary>Driver time for each VA block of a batch.</summary>
    public VirtualDuration BlockOverhead { get; init; }

    /// <summary>Driver time for each page asked for.</summary>
    public VirtualDuration PageOverhead { get; init; }

    /// <summary>From the driver's replay to the warps' retry.</summary>
    public VirtualDuration ReplayLatency { get; init; }

    /// <summary>When to replay.</summary>
    public ReplayPolicy ReplayPolicy { get; init; } = ReplayPolicy.BatchFlush;

    /// <summary>Pages that a fault brings to the device: the aligned group of this size around it. 1, 16 (64 KiB) or 512 (2 MiB).</summary>
    public int FaultGranularityPages { get; init; } = 16;

    /// <summary>Pages that a CPU touch takes back: the aligned group of this size around it. 1 (test_hmm, nouveau), 16 or 512 (amdkfd).</summary>
    public int CpuFaultGranularityPages { get; init; } = 16;
}
