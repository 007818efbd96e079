using System.Collections.Immutable;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>Links with their effective rates in each direction. Data only: no code depends on which one is chosen.</summary>
public static class LinkPresets
{
    private const string AsPcie3 = "assumption: as PCIe 3";
    private const string NvlinkLatency = "assumption: a little above half of a PCIe round trip";
    private const string RdmaLatency = "ib_send_lat, reliable connection, 32 bytes (thesis of D. Potter)";

    /// <summary>All link presets.</summary>
    public static readonly ImmutableArray<Preset> All =
    [
        new("pcie3_x16", "PCI Express 3, 16 lanes",
        [
            new("latency", "425ns", "half of the 850 ns round trip measured between a PCIe 3 card and a Core i7 (hackingnasdaq.blogspot.com, May 2014)"),
            new("bandwidth", "12.05GB/s", "1 MiB from pinned memory in 87.0 us on a GTX 1080 Ti (github.com/DebashisGanguly/gpgpu-sim_UVMSmart)"),
        ]),
        new("pcie4_x16", "PCI Express 4, 16 lanes",
        [
            new("latency", "425ns", AsPcie3),
            new("bandwidth", "26GB/s", "host to device on an A100, one direction at a time (README of github.com/NVIDIA/nvbandwidth)"),
        ]),
        new("pcie5_x16", "PCI Express 5, 16 lanes",
        [
            new("latency", "425ns", AsPcie3),
            new("bandwidth", "55.6GB/s", "host to device (tutorial of nvbandwidth)"),
        ]),
        new("nvlink2", "NVLink 2, the 6 links of a V100",
        [
            new("latency", "500ns", NvlinkLatency),
            new("bandwidth", "150GB/s", "peak of the product; not measured"),
        ]),
        new("nvlink3", "NVLink 3, the 12 links of an A100",
        [
            new("latency", "500ns", NvlinkLatency),
            new("bandwidth", "276GB/s", "measured, of 300 GB/s peak (README of github.com/NVIDIA/nvbandwidth)"),
        ]),
        new("nvlink4", "NVLink 4, the 18 links of an H100",
        [
            new("latency", "500ns", NvlinkLatency),
            new("bandwidth", "376GB/s", "measured, of 450 GB/s peak (github.com/NVIDIA/nccl/issues/1264)"),
        ]),
        new("c2c", "NVLink-C2C of a GH200; write `between: [cpu, device]`",
        [
            new("latency", "250ns", "assumption: half of an NVLink that leaves the package"),
            new("bandwidth", "375GB/s", "host to device on a GH200 (dnhkng.github.io)"),
            new("reverse_bandwidth", "297GB/s", "device to host on a GH200 (dnhkng.github.io)"),
        ]),
        new("rdma_100g", "RDMA network, 100 Gbit/s",
        [
            new("latency", "820ns", RdmaLatency),
            new("bandwidth", "100Gbit/s", "line rate; not measured"),
        ]),
        new("rdma_400g", "RDMA network, 400 Gbit/s",
        [
            new("latency", "820ns", RdmaLatency + "; assumed to be the same at 400 Gbit/s"),
            new("bandwidth", "400Gbit/s", "line rate; not measured"),
        ]),
    ];
}
