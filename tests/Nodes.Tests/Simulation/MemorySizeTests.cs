using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Addresses;
using static HmmSim.Nodes.Tests.Simulation.SmallScenario;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>The size of device memory changes results as a user would expect.</summary>
public sealed class MemorySizeTests
{
    private const long BlockPages = VirtualBlockNumber.Pages;

    // 5 blocks of 2 MiB, swept three times.
    private static readonly Scenario TenMebibytes = OneDevice.WithBuffer(MiB(10));

    [Fact]
    public void Larger_memory_never_evicts_more_nor_ends_later()
    {
        RunReport[] runs = [.. new[] { 4, 6, 8, 10 }.Select(memory => RunWith(memory))];
        Assert.All(runs.Zip(runs.Skip(1)), pair =>
        {
            Assert.True(pair.First.Device().EvictedChunks >= pair.Second.Device().EvictedChunks);
            Assert.True(pair.First.End() >= pair.Second.End());
        });
        Assert.True(runs[0].Device().EvictedChunks > runs[^1].Device().EvictedChunks);
        Assert.True(runs[0].End() > runs[^1].End());
    }

    [Fact]
    public void A_working_set_that_fits_is_fetched_once_and_never_evicted()
    {
        DeviceReport device = RunWith(10).Device();
        Assert.Equal(0, device.EvictedChunks);
        Assert.Equal(0, device.PagesOut);
        Assert.Equal(5 * BlockPages, device.PagesIn);
    }

    [Fact]
    public void Cyclic_sweeps_over_a_little_too_much_miss_every_time()
    {
        // First-in first-out always evicts what is needed next: 1.25 times the memory is as bad as any multiple.
        Scenario serial = TenMebibytes.WithStream("sweep", stream => stream with { Warps = 1 });
        DeviceReport device = Simulate.Run(serial.WithDevice(gpu => gpu with { Memory = MiB(8) })).Device();
        Assert.Equal(3 * 5 * BlockPages, device.PagesIn);
        Assert.Equal((3 * 5) - 4, device.EvictedChunks);
        Assert.Equal(device.Frames, device.PeakFramesInUse);
    }

    private static RunReport RunWith(int mebibytes) => Simulate.Run(TenMebibytes.WithDevice(gpu => gpu with { Memory = MiB(mebibytes) }));
}
