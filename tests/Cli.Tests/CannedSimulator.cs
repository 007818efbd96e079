using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using HmmSim.Protocol.Migration;
using HmmSim.Protocol.Time;

namespace HmmSim.Cli.Tests;

/// <summary>Stands in for the simulator: returns fixed figures, so that the tests see what the command line does with them.</summary>
internal sealed class CannedSimulator : ISimulator
{
    /// <summary>Whether the one check passes.</summary>
    public bool CheckPasses { get; init; } = true;

    /// <summary>Called instead of simulating, before the report is returned.</summary>
    public Action<CancellationToken> During { get; init; } = _ => { };

    /// <summary>What the command line passed.</summary>
    public Scenario? Scenario { get; private set; }

    /// <summary>What the command line passed.</summary>
    public RunOptions? Options { get; private set; }

    public RunReport Run(Scenario scenario, RunOptions options, IProgress<RunProgress> progress, CancellationToken cancellation)
    {
        (Scenario, Options) = (scenario, options);
        progress.Report(new RunProgress(new VirtualTime(1_000_000), 10, 20));
        During(cancellation);
        return new RunReport
        {
            Totals = new RunTotals
            {
                VirtualEndTime = new VirtualTime(1_234_567_890_123),
                Steps = 9_007_199_254_740_993,
                Accesses = 1_234_567,
                TraceHash = "00112233445566778899aabbccddeeff",
            },
            Processors =
            [
                .. scenario.Hosts.SelectMany(host => host.Devices.Select(device => device.Name).Prepend(host.Cpu.Name)).Select(name => new ProcessorReport
                {
                    Name = name,
                    Accesses = 123_456_789_012,
                    Hits = 123_456_000_000,
                    Faults = 789_012,
                    LocalAccesses = 123_456_000_000,
                    RefusedAccesses = 0,
                    RemoteAccesses = 789_012,
                    StallTime = new VirtualDuration(987_654_321_098),
                    EndTime = new VirtualTime(1_234_567_890_123),
                }),
            ],
            Devices =
            [
                .. scenario.Hosts.SelectMany(host => host.Devices).Select(device => new DeviceReport
                {
                    Name = device.Name,
                    FaultsRaised = 12_345_678,
                    DuplicateFaults = 1_234_567,
                    Batches = 123_456,
                    Replays = 123_456,
                    EvictedChunks = 12_345,
                    EvictedPages = 6_320_640,
                    PagesIn = 12_345_678,
                    PagesOut = 12_345_678,
                    PeakFramesInUse = device.Memory.Pages,
                    Frames = device.Memory.Pages,
                }),
            ],
            Migrations =
            [
                new MigrationReport
                {
                    Cause = MigrationCause.DeviceFault, Direction = MigrationDirection.HostToDevice, Transactions = 3, Pages = 48, Bytes = 196_608,
                },
                new MigrationReport
                {
                    Cause = MigrationCause.Eviction, Direction = MigrationDirection.DeviceToHost, Transactions = 1, Pages = 512, Bytes = 2_097_152,
                },
            ],
            Links =
            [
                .. scenario.Links.Select(link => new LinkReport
                {
                    From = link.From, To = link.To, Messages = 5, Bytes = 2_293_760, BusyTime = new VirtualDuration(190_000_000), Utilisation = 0.25,
                }),
            ],
            FaultPhases =
            [
                .. Enum.GetValues<FaultPhase>().Select(phase => new FaultPhaseReport
                {
                    Phase = phase,
                    Count = 100,
                    P50 = new VirtualDuration(1_000_000),
                    P95 = new VirtualDuration(2_000_000),
                    P99 = new VirtualDuration(3_000_000),
                    Max = new VirtualDuration(4_000_000),
                }),
            ],
            Checks = [new ConservationCheck("frames of gpu0", CheckPasses, "512 taken, 511 returned")],
            Performance = new RunPerformance
            {
                WallTime = TimeSpan.FromSeconds(2), Lanes = options.Lanes, AccessesPerWallSecond = 617_283.5, StepsPerWallSecond = 1e6,
            },
        };
    }
}
