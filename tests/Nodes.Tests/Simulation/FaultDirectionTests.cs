using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Tests.Scenarios;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Policies;
using static HmmSim.Nodes.Tests.Simulation.SmallScenario;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>The fault unit, the driver and the warps change results as a user would expect.</summary>
public sealed class FaultDirectionTests
{
    private static readonly int[] Granularities = [4, 64, 2048];

    [Fact]
    public void Larger_migration_granularity_prefetches_more_and_faults_less_on_a_sweep()
    {
        RunReport[] runs = [.. Granularities.Select(size => Simulate.Run(OneDevice.WithDevice(gpu => gpu with { MigrationGranularity = KiB(size) })))];
        AssertFalling(runs, run => run.Device().FaultsRaised);
        AssertFalling(runs, run => -run.Pages(MigrationCause.Prefetch, MigrationDirection.HostToDevice));
        Assert.Equal(0, runs[0].Pages(MigrationCause.Prefetch, MigrationDirection.HostToDevice));
        Assert.All(runs, run => Assert.Equal(1024, run.Device().PagesIn));
    }

    [Fact]
    public void Larger_batches_are_fewer()
    {
        Scenario many = OneDevice
            .WithDevice(gpu => gpu with { MigrationGranularity = KiB(4) })
            .WithStream("sweep", stream => stream with { Warps = 64 });
        AssertFalling(
            [.. new[] { 4, 16, 64 }.Select(size => Simulate.Run(many.WithDevice(gpu => gpu with { BatchSize = size })))],
            run => run.Device().Batches);
    }

    [Fact]
    public void Every_replay_policy_ends_with_the_same_accesses()
    {
        // Warps 30 pages apart, so that some batches touch two blocks: else a replay for each block is one for each batch.
        Scenario spread = OneDevice.WithStream("sweep", stream => stream with { Warps = 40, PagesPerTurn = 30 });
        RunReport[] runs =
        [
            .. Enum.GetValues<ReplayPolicy>().Select(policy => Simulate.Run(
                spread.WithDevice(gpu => gpu with { ReplayPolicy = policy, BatchSize = 12 }))),
        ];
        Assert.All(runs, run => Assert.Equal(2 * 3 * 1024, run.Processor("gpu0").Accesses));
        Assert.Equal(runs.Length, runs.Select(run => run.Totals.TraceHash).Distinct().Count());
    }

    [Fact]
    public void More_warps_never_end_later()
    {
        RunReport[] runs = [.. new[] { 1, 4, 16, 64 }.Select(warps => Simulate.Run(OneDevice.WithStream("sweep", stream => stream with { Warps = warps })))];
        AssertFalling(runs, run => run.End().Picoseconds);
    }

    [Fact]
    public void Mapped_pages_stay_in_ram_and_are_accessed_over_the_link()
    {
        RunReport run = Simulate.Run(OneDevice.WithStream("sweep", stream => stream with { FaultAction = FaultAction.Map }));
        Assert.Equal(0, run.Device().PagesIn);
        Assert.Equal(0, run.Device().PeakFramesInUse);
        Assert.Equal(run.Processor("gpu0").Accesses, run.Processor("gpu0").RemoteAccesses);
        Assert.True(run.LinkBytes("gpu0", "cpu0") >= run.Processor("gpu0").RemoteAccesses * 128);
    }

    [Fact]
    public void A_longer_shootdown_lengthens_the_unmap_phase()
    {
        RunReport quick = Simulate.Run(OneDevice);
        RunReport slow = Simulate.Run(OneDevice.WithCpu(cpu => cpu with { TlbShootdown = Nanoseconds(40_000) }));
        Assert.True(slow.Phase(FaultPhase.CollectUnmap).P50 > quick.Phase(FaultPhase.CollectUnmap).P50);
        Assert.True(slow.End() > quick.End());
    }

    [Fact]
    public void Larger_cpu_granularity_brings_a_result_back_with_fewer_faults()
    {
        Scenario back = ScenarioText.Load("""
            name: back
            hosts:
              - name: host0
                cpu: { name: cpu0, ram: 256MiB }
                devices:
                  - { name: gpu0, memory: 8MiB, preset: gtx1080ti }
            links:
              - { between: [cpu0, gpu0], preset: pcie3_x16 }
            buffers:
              - { name: data, size: 4MiB, home: cpu0 }
            streams:
              - { name: write, processor: gpu0, pattern: sequential, buffer: data, access: write, warps: 8 }
              - { name: read, processor: cpu0, pattern: sequential, buffer: data, start_after: [write] }

            """);
        RunReport[] runs = [.. Granularities.Select(size => Simulate.Run(back.WithDevice(gpu => gpu with { CpuFaultGranularity = KiB(size) })))];
        Assert.Equal([1024L, 64L, 2L], runs.Select(run => run.Processor("cpu0").Faults));
        AssertFalling(runs, run => run.Processor("cpu0").EndTime.Picoseconds);
        Assert.All(runs, run => Assert.Equal(1024, run.Device().PagesOut));
    }

    /// <summary>The figure falls from run to run; never rises, and ends below where it began.</summary>
    private static void AssertFalling(RunReport[] runs, Func<RunReport, long> figure)
    {
        long[] figures = [.. runs.Select(figure)];
        Assert.True(figures.Zip(figures.Skip(1)).All(pair => pair.First >= pair.Second) && figures[0] > figures[^1], string.Join(", ", figures));
    }
}
