using HmmSim.Nodes.Observation;
using HmmSim.Nodes.Scenarios;
using static HmmSim.Nodes.Tests.Simulation.SmallScenario;

namespace HmmSim.Nodes.Tests.Simulation;

/// <summary>
/// Preset gtx1080ti against what was measured on that card (nvprof logs of github.com/DebashisGanguly/gpgpu-sim_UVMSmart).
/// The preset was fixed from the points at 64 KiB and 1 MiB; the sizes between them were not used.
/// </summary>
public sealed class CalibrationTests
{
    private const double Tolerance = 0.10;

    [Fact]
    public void One_serial_fault_of_64_kibibytes_takes_22_to_25_microseconds() =>
        Assert.InRange(FaultMicroseconds(64), 22 * (1 - Tolerance), 25.6 * (1 + Tolerance));

    [Fact]
    public void One_serial_fault_of_a_mebibyte_takes_155_to_158_microseconds() =>
        Assert.InRange(FaultMicroseconds(1024), 155 * (1 - Tolerance), 158 * (1 + Tolerance));

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Sizes_in_between_follow_the_measured_line(int kibibytes)
    {
        double measured = 14.9 + (0.138 * kibibytes);
        Assert.InRange(FaultMicroseconds(kibibytes), measured * (1 - Tolerance), measured * (1 + Tolerance));
    }

    [Theory]
    [InlineData(4, 3072)]
    [InlineData(64, 192)]
    public void A_sweep_over_12_mebibytes_raises_exactly_one_fault_for_each_unit(int granularityKibibytes, int faults)
    {
        Scenario sweep = OneDevice.WithBuffer(MiB(12))
            .WithDevice(gpu => gpu with { Memory = MiB(16), MigrationGranularity = KiB(granularityKibibytes) })
            .WithStream("sweep", stream => stream with { Warps = 1 });
        RunReport report = Simulate.Run(sweep);
        Assert.Equal(faults, report.Device().FaultsRaised);
        Assert.Equal(faults, report.Processor("gpu0").Faults);
        Assert.Equal(faults, report.Device().Batches);
        Assert.Equal(3072, report.Device().PagesIn);
    }

    /// <summary>From the miss to the retried access of one warp's only fault, which brings the whole buffer.</summary>
    private static double FaultMicroseconds(int kibibytes)
    {
        Scenario single = OneDevice.WithBuffer(KiB(kibibytes))
            .WithDevice(gpu => gpu with { MigrationGranularity = KiB(kibibytes == 64 ? 64 : 2048) })
            .WithStream("sweep", stream => stream with { Warps = 1, Pattern = ((SequentialPattern)stream.Pattern) with { Passes = 1 } });
        RunReport report = Simulate.Run(single);
        Assert.Equal(1, report.Processor("gpu0").Faults);
        return report.Processor("gpu0").StallTime.Picoseconds * 1e-6;
    }
}
