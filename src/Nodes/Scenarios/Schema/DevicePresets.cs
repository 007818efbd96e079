using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>Devices whose fault cost was measured. Data only: no code depends on which one is chosen.</summary>
public static class DevicePresets
{
    private const string Fit1080 =
        "one serial fault takes 14.9 us + 0.138 us/KB, fitted to nvprof logs of a GTX 1080 Ti (github.com/DebashisGanguly/gpgpu-sim_UVMSmart); "
        + "the 14.9 us hold fault_latency, batch_overhead, replay_latency, the CPU's tlb_shootdown of 4 us and four times the 425 ns of the link; "
        + "how they divide is an assumption";

    private const string FitSc21 =
        "a batch takes 40 us + 0.683 us/KB, read off the 'regular' figure of a Titan V (github.com/tallendev/uvm-eval, SC21); "
        + "the 40 us hold fault_latency, batch_overhead, replay_latency, the CPU's tlb_shootdown of 4 us and four times the 425 ns of the link; "
        + "how they divide is an assumption";

    private const string UvmBatchCount = "nvidia-uvm: uvm_perf_fault_batch_count";
    private const string UvmReplayPolicy = "nvidia-uvm: uvm_perf_fault_replay_policy";

    /// <summary>All device presets.</summary>
    public static readonly ImmutableArray<Preset> All =
    [
        new("gtx1080ti", "NVIDIA GeForce GTX 1080 Ti on PCIe 3, single faults with prefetch to 64 KiB",
        [
            new("memory", "11GiB", "product data sheet"),
            new("fault_latency", "1us", Fit1080),
            new("batch_overhead", "7.2us", Fit1080),
            new("replay_latency", "1us", Fit1080),
            new("page_overhead", "212ns", "0.138 us/KB of the fit less 0.085 us/KB of the link leave 0.053 us/KB of host work"),
            new("batch_size", "256", UvmBatchCount),
            new("replay_policy", "batch_flush", UvmReplayPolicy),
            new("migration_granularity", "64KiB", "the logs show transfers of 4 + 60 KiB for a first touch"),
            new("cpu_fault_granularity", "64KiB", "the logs show transfers of 4 + 60 KiB for a touch by the CPU"),
        ]),
        new("titan_v_sc21", "NVIDIA Titan V on PCIe 3, full batches without prefetch",
        [
            new("memory", "12GiB", "product data sheet"),
            new("fault_latency", "1us", FitSc21),
            new("batch_overhead", "32.3us", FitSc21),
            new("replay_latency", "1us", FitSc21),
            new("page_overhead", "2392ns", "0.683 us/KB of the fit less 0.085 us/KB of the link leave 0.598 us/KB of host work"),
            new("batch_size", "256", UvmBatchCount),
            new("replay_policy", "batch_flush", UvmReplayPolicy),
            new("migration_granularity", "4KiB", "measured with prefetch off"),
            new("cpu_fault_granularity", "4KiB", "measured with prefetch off"),
        ]),
    ];
}
