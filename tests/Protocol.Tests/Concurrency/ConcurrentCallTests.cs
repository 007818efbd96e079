using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Tests.Machines;
using HmmSim.Protocol.Topology;

namespace HmmSim.Protocol.Tests.Concurrency;

/// <summary>
/// Calls of several processes and two devices in flight at once, in random orders of delivery: every value is one that some schedule
/// permits, every call ends, no step is impossible, and nothing is left over.
/// </summary>
public sealed class ConcurrentCallTests
{
    private const int Seeds = 500;

    [Theory]
    [InlineData(MemoryType.DevicePrivate)]
    [InlineData(MemoryType.DeviceCoherent)]
    public void Whatever_comes_between_calls_return_what_some_schedule_permits(MemoryType type)
    {
        List<string> failures = [];
        for (int seed = 0; seed < Seeds; seed++)
        {
            if (Failure(seed, type) is { } failure)
            {
                failures.Add(failure);
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {Seeds} runs failed, the shortest:\n{failures.MinBy(failure => failure.Length)}");
    }

    [Theory]
    [InlineData(MemoryType.DevicePrivate)]
    [InlineData(MemoryType.DeviceCoherent)]
    public void Machines_that_are_saved_and_loaded_after_each_step_take_the_same_steps(MemoryType type)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            List<string> kept = [];
            List<string> reloaded = [];
            Assert.Null(Failure(seed, type, kept));
            Assert.Null(Failure(seed, type, reloaded, reloads: true));
            Assert.Equal(kept, reloaded);
        }
    }

    private static string? Failure(int seed, MemoryType type, List<string>? log = null, bool reloads = false)
    {
        Random random = new(seed);
        SystemLayout two = TestWorld.TwoDevices(
            ramFrames: 512, frames1: 4 + random.Next(20), frames2: 4 + random.Next(20), direct: random.Next(2) == 0, type: type);
        TestWorld world = new(two with { Spaces = [new AddressSpaceLayout(TestWorld.Space, [])] }) { Reloads = reloads };
        try
        {
            new CallModel(world, random).Run(calls: 20 + random.Next(160));
            log?.AddRange(world.Log);
            IReadOnlyList<string> left = world.Check();
            return left.Count == 0 ? null : $"seed {seed}\n{string.Join('\n', world.Log)}\n{string.Join('\n', left)}";
        }
        catch (Exception exception) when (exception is InvalidOperationException or Xunit.Sdk.XunitException or Steps.ImpossibleStepException)
        {
            return $"seed {seed}\n{string.Join('\n', world.Log)}\n{exception.Message}\n{exception.StackTrace}";
        }
    }
}
