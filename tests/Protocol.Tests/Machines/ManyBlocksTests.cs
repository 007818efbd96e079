using CsCheck;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Machines;

/// <summary>Pages of many blocks in devices with very few frames: chunks hold pages of several blocks, and eviction spans them.</summary>
public sealed class ManyBlocksTests
{
    [Fact]
    public void Every_load_returns_the_last_store_and_nothing_is_left() =>
        Gen.Int[0, int.MaxValue].Sample(Run, iter: 250);

    private static void Run(int seed)
    {
        Random random = new(seed);
        int group = random.Next(3) switch { 0 => 1, 1 => 2, _ => 512 };
        TestWorld world = new(Layout(random), memory => new DeviceMemorySpec
        {
            Id = memory.Id,
            BatchSize = 1 + random.Next(6),
            FaultBufferEntries = 1 + random.Next(8),
            ReplayPolicy = (ReplayPolicy)random.Next(4),
            FaultGranularityPages = group,
            CpuFaultGranularityPages = group,
        });
        AccessModel model = new(world, random, [(1, true), (1, true), (2, false), (2, false), (2, false), (3, false), (3, false)]);
        model.Run(accesses: 200, unmaps: random.Next(2) == 0);
        Assert.Empty(world.Check());
    }

    /// <summary>Five areas of a few pages, each in a block of its own, at offsets that fall into and outside of the short chunks.</summary>
    private static SystemLayout Layout(Random random)
    {
        SystemLayout two = TestWorld.TwoDevices(frames1: 2 + random.Next(6), frames2: 513 + random.Next(4), direct: random.Next(2) == 0);
        VmArea[] areas =
        [
            .. Enumerable.Range(1, 5).Select(block => new VmArea
            {
                Name = $"a{block}",
                Begin = new VirtualBlockNumber((ulong)block).Page(random.Next(2) == 0 ? 0 : random.Next(500)),
                PageCount = 1 + random.Next(6),
                Home = new MemoryId(1),
            }),
        ];
        return two with { Spaces = [new AddressSpaceLayout(TestWorld.Space, areas)] };
    }
}
