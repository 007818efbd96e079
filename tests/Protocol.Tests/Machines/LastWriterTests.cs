using CsCheck;
using HmmSim.Protocol;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Machines;

/// <summary>
/// Random accesses by CPU threads and warps under random orders of delivery: every load returns the value of the last store that
/// took effect on its page, whatever moved in between; and at the end nothing is left over.
/// </summary>
public sealed class LastWriterTests
{
    [Fact]
    public void One_host_two_devices_that_are_too_small() =>
        Gen.Int.Sample(
            seed => Run(
                seed,
                TestWorld.TwoDevices(frames1: 3, frames2: 5, direct: (seed & 1) == 0),
                [(1, true), (1, true), (2, false), (2, false), (3, false)],
                unmaps: (seed & 6) == 0),
            iter: 2000);

    [Fact]
    public void Two_hosts_share_an_address_space() =>
        Gen.Int.Sample(
            seed => Run(
                seed,
                TestWorld.TwoHosts(frames: 3 + (seed & 3)),
                [(1, true), (2, false), (3, false), (4, true), (5, false), (6, false), (6, false)],
                unmaps: (seed & 12) == 0),
            iter: 2000);

    private static void Run(int seed, SystemLayout layout, (uint Memory, bool IsHome)[] processors, bool unmaps)
    {
        Random random = new(seed);
        int granularity = random.Next(3) switch { 0 => 1, 1 => 16, _ => 512 };
        ReplayPolicy policy = (ReplayPolicy)random.Next(4);
        TestWorld world = new(layout, memory => new DeviceMemorySpec
        {
            Id = memory.Id,
            BatchSize = 1 + random.Next(4),
            FaultBufferEntries = 1 + random.Next(8),
            ReplayPolicy = policy,
            FaultGranularityPages = granularity,
            CpuFaultGranularityPages = granularity,
        }) { Reloads = (seed & 0x70) == 0 };
        AccessModel model = new(world, random, processors);
        model.Run(accesses: 150, unmaps);
        Assert.Empty(world.Check());
    }
}
