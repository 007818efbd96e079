using HmmSim.Conformance.Comparison;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Tests.Recordings;
using HmmSim.Conformance.Traces;

namespace HmmSim.Conformance.Tests.Comparison;

/// <summary>
/// Recorded scripts on the real actors: every call, fault, invalidation, copy and answer is a message over links in virtual time, and the
/// answers and page tables are the kernel's.
/// </summary>
public sealed class ActorConformance
{
    private const int Every = 8; // an actor system for each script takes its time

    [Theory]
    [InlineData(Recording.Private, 102)]
    [InlineData(Recording.Coherent, 100)]
    public void Every_eighth_script_is_answered_as_recorded(string recording, int scripts)
    {
        TraceReader reader = new(new MemoryStream(Recording.Read(recording)), recording);
        int replayed = 0;
        foreach (TraceScript script in reader.ReadScripts().Where((_, index) => index % Every == 0))
        {
            using ActorSystem system = new(reader.Header.Devices, lanes: 1 + (replayed % 2));
            ScriptOutcome outcome = ScriptReplay.Run(script, system, CancellationToken.None);
            Assert.True(outcome.Passed, outcome.First is null ? null : MismatchListing.Write(outcome.First));
            Assert.Empty(system.Session.Check());
            replayed++;
        }

        Assert.Equal(scripts, replayed);
    }
}
