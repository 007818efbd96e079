using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Tests.Workloads;

public class SplitMix64Tests
{
    /// <summary>The published test vector of the reference implementation for seed 1234567.</summary>
    [Fact]
    public void Draws_the_published_numbers()
    {
        var random = new SplitMix64(1234567);
        Assert.Equal(6457827717110365317UL, random.Next());
        Assert.Equal(3203168211198807973UL, random.Next());
        Assert.Equal(9817491932198370423UL, random.Next());
        Assert.Equal(4593380528125082431UL, random.Next());
        Assert.Equal(16408922859458223821UL, random.Next());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void Below_reaches_every_number_about_equally_often(int bound)
    {
        var random = new SplitMix64(42);
        var counts = new int[bound];
        for (var draw = 0; draw < bound * 1_000; draw++)
        {
            counts[random.Below((ulong)bound)]++;
        }

        // 1000 expected with a deviation of 32: seven deviations to either side.
        Assert.All(counts, count => Assert.InRange(count, 775, 1_225));
    }

    [Fact]
    public void Seeds_of_streams_stay_the_same_for_ever()
    {
        Assert.Equal(0xFBFC_C76C_BB14_9F20, StreamSeed.Of(1, "gups", 0));
        Assert.Equal(0xABB0_A82C_69B1_9869, StreamSeed.Of(1, "gups"));
    }

    [Fact]
    public void Seeds_differ_by_scenario_seed_name_and_warp()
    {
        var seeds = new HashSet<ulong>();
        foreach (var name in new[] { "", "a", "b", "ab", "ba", "gups", "gupt" })
        {
            for (ulong scenario = 0; scenario < 20; scenario++)
            {
                Assert.True(seeds.Add(StreamSeed.Of(scenario, name)));
                for (var warp = 0; warp < 100; warp++)
                {
                    Assert.True(seeds.Add(StreamSeed.Of(scenario, name, warp)));
                }
            }
        }
    }
}
