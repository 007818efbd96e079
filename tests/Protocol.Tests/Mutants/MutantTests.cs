using HmmSim.Protocol.Messages;
using HmmSim.Protocol.Steps;
using HmmSim.Protocol.Tests.Exploration;
using HmmSim.Protocol.Tests.Machines;
using Xunit.Abstractions;

namespace HmmSim.Protocol.Tests.Mutants;

/// <summary>
/// The checks bite: each broken network is caught by an impossible cell, a refused operation, the conservation check, or a load
/// that does not return the last store. A mutant that survives, or that only crashes somewhere, fails its test.
/// </summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    private const int Seeds = 60;

    /// <summary>What the parts below the machines say when they are misused: frame pool, notifiers, the driver's own table.</summary>
    private static readonly string[] Refusals = ["is free", "no invalidation", " meets "];

    public static TheoryData<string> Everywhere => [.. Mutant.Everywhere.Select(mutant => mutant.Name)];

    public static TheoryData<string> OnReadOnlyPages => [.. Mutant.OnReadOnlyPages.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void A_mutant_is_caught_in_random_runs(string name)
    {
        Mutant mutant = Mutant.Everywhere.Single(mutant => mutant.Name == name);
        for (int seed = 0; seed < Seeds; seed++)
        {
            if (RandomRun(seed, _ => mutant.NewNetwork()) is { } caught)
            {
                output.WriteLine($"seed {seed}: {caught}");
                return;
            }
        }

        Assert.Fail($"survived {Seeds} runs: {name}");
    }

    [Theory]
    [MemberData(nameof(OnReadOnlyPages))]
    public void A_mutant_is_caught_on_a_read_only_page(string name)
    {
        Mutant mutant = Mutant.OnReadOnlyPages.Single(mutant => mutant.Name == name);
        Script script = new("read-only", "", "m2 read 0", "m3 map 1");
        Assert.True(Explorer.Explore(script) > 1);
        InterleavingException caught = Assert.Throws<InterleavingException>(() => Explorer.Explore(script, world => world.Network = mutant.NewNetwork()));
        Assert.Contains(" says ", caught.InnerException!.Message, StringComparison.Ordinal); // the conservation check
        output.WriteLine(caught.InnerException.Message);
    }

    [Fact]
    public void The_same_runs_without_a_mutant_are_clean()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Assert.Null(RandomRun(seed, world => world.Network));
        }
    }

    /// <summary>No mutant: the notifier sequence is there for walks that are overtaken, and then the same checks must pass.</summary>
    [Fact]
    public void A_walk_that_is_overtaken_does_no_harm()
    {
        int overtaken = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            Assert.Null(RandomRun(seed, world =>
            {
                var delayed = new HashSet<Message>();
                return message =>
                {
                    if (message.Kind == MessageKind.RangeFaultReply && delayed.Add(message))
                    {
                        world.Send(message);
                        overtaken++;
                        return [];
                    }

                    return [message];
                };
            }));
        }

        Assert.True(overtaken > Seeds);
    }

    /// <summary>What caught the run, or null.</summary>
    private static string? RandomRun(int seed, Func<TestWorld, Func<Message, IEnumerable<Message>>> newNetwork)
    {
        Random random = new(seed);
        int group = (seed & 1) == 0 ? 1 : 4;
        TestWorld world = new(
            TestWorld.TwoDevices(frames1: 5, frames2: 6, direct: (seed & 2) == 0),
            memory => new DeviceMemorySpec { Id = memory.Id, FaultGranularityPages = group, CpuFaultGranularityPages = group });
        world.Network = newNetwork(world);
        try
        {
            new AccessModel(world, random, [(1, true), (1, true), (2, false), (2, false), (3, false)]).Run(accesses: 60, unmaps: (seed & 4) == 0);
            return world.Check() is [var first, ..] ? $"conservation: {first}" : null;
        }
        catch (ImpossibleStepException impossible)
        {
            return $"impossible: {impossible.Message}";
        }
        catch (InvalidOperationException refused) when (Refusals.Any(text => refused.Message.Contains(text, StringComparison.Ordinal)))
        {
            return $"refused: {refused.Message}";
        }
        catch (Xunit.Sdk.XunitException wrong)
        {
            return $"access: {wrong.Message.ReplaceLineEndings(" ")}";
        }
    }
}
