using HmmSim.Conformance.Comparison;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Tests.Recordings;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Tests.Comparison;

/// <summary>
/// A system answers as the kernel did: derive with its factory, and every recorded script is replayed on it.
/// </summary>
/// <param name="systems">Makes a fresh system with devices of a kind.</param>
public abstract class SystemConformance(Func<DeviceMemoryKind, ICallSystem> systems)
{
    [Theory]
    [InlineData(Recording.Private, 811, 26_185)]
    [InlineData(Recording.Coherent, 795, 25_562)]
    public void Every_answer_and_every_state_is_as_recorded(string recording, int scripts, int operations)
    {
        MismatchDetail? first = null;
        TraceReader reader = new(new MemoryStream(Recording.Read(recording)), recording);
        ConformanceOptions options = new() { KeepGoing = true, Threads = Environment.ProcessorCount };
        ConformanceReport report = new ConformanceRun(systems).Run(reader, options, outcome => first ??= outcome.First, CancellationToken.None);
        Assert.True(report.Passed, first is null ? null : $"{report.FailedScripts} of {report.Scripts} scripts differ\n{MismatchListing.Write(first)}");
        Assert.Equal((scripts, operations), (report.Scripts, report.Operations));
    }
}
