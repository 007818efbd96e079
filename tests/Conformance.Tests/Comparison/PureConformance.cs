using HmmSim.Conformance.Comparison;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Tests.Recordings;
using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Tests.Comparison;

/// <summary>The machines alone answer every recorded script as the kernel did, and lose no frame on the way.</summary>
public sealed class PureConformance() : SystemConformance(kind => new PureSystem(kind))
{
    [Theory]
    [InlineData(Recording.Private)]
    [InlineData(Recording.Coherent)]
    public void Every_script_leaves_frames_and_references_in_balance(string recording)
    {
        TraceReader reader = new(new MemoryStream(Recording.Read(recording)), recording);
        foreach (TraceScript script in reader.ReadScripts())
        {
            PureSystem system = new(reader.Header.Devices);
            ScriptReplay.Run(script, system, CancellationToken.None);
            Assert.True(system.Check() is [], $"{script.Id}: {string.Join('\n', system.Check())}");
        }
    }
}
