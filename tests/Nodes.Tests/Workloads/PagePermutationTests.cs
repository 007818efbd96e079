using CsCheck;
using HmmSim.Nodes.Workloads;

namespace HmmSim.Nodes.Tests.Workloads;

public class PagePermutationTests
{
    [Fact]
    public void Every_small_size_gives_a_permutation()
    {
        for (ulong size = 1; size <= 600; size++)
        {
            AssertPermutation(size, seed: size * 7);
        }
    }

    [Fact]
    public void Any_size_and_seed_gives_a_permutation() =>
        Gen.Select(Gen.ULong[1, 40_000], Gen.ULong).Sample(AssertPermutation, iter: 200);

    [Fact]
    public void Large_sizes_stay_inside_and_do_not_repeat_nearby()
    {
        var permutation = new PagePermutation((1UL << 44) + 12_345, 99);
        var seen = new HashSet<ulong>();
        for (ulong position = 0; position < 100_000; position++)
        {
            var page = permutation[position];
            Assert.True(page < (1UL << 44) + 12_345);
            Assert.True(seen.Add(page));
        }
    }

    /// <summary>A prefetcher that looks for neighbours must find hardly any: 2 of 4096 expected for a random order.</summary>
    [Fact]
    public void Neighbours_in_the_list_are_not_neighbours_in_memory()
    {
        var near = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            var permutation = new PagePermutation(4_096, seed);
            for (ulong position = 1; position < 4_096; position++)
            {
                near += Math.Abs((long)permutation[position] - (long)permutation[position - 1]) <= 1 ? 1 : 0;
            }
        }

        Assert.InRange(near, 1, 1_000);
    }

    private static void AssertPermutation(ulong size, ulong seed)
    {
        var permutation = new PagePermutation(size, seed);
        var seen = new bool[size];
        for (ulong position = 0; position < size; position++)
        {
            var page = permutation[position];
            Assert.True(page < size);
            Assert.False(seen[page], $"size {size}, seed {seed}: page {page} twice");
            seen[page] = true;
        }
    }
}
