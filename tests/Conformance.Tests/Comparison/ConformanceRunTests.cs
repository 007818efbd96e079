using HmmSim.Conformance.Comparison;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Tests.Recordings;
using HmmSim.Conformance.Tests.Replay;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Tests.Comparison;

/// <summary>Runs over whole files: order, sums, where they end.</summary>
public sealed class ConformanceRunTests
{
    [Fact]
    public void Without_keep_going_the_first_script_that_does_not_pass_ends_the_run()
    {
        List<ScriptOutcome> outcomes = [];
        ConformanceReport report = Run(new ConformanceOptions { Threads = 4 }, outcomes);
        ScriptOutcome only = Assert.Single(outcomes);
        Assert.Equal(2, only.Script.Line);
        Assert.True(report.IsStopped);
        Assert.False(report.Passed);
        Assert.Equal((1L, 1L), (report.Scripts, report.FailedScripts));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Outcomes_come_in_the_order_of_the_file_on_any_number_of_threads(int threads)
    {
        List<ScriptOutcome> outcomes = [];
        ConformanceReport report = Run(new ConformanceOptions { Threads = threads, KeepGoing = true }, outcomes);
        Assert.Equal(Enumerable.Range(2, 811), outcomes.Select(outcome => (int)outcome.Script.Line));
        Assert.False(report.IsStopped);
        Assert.Equal((811L, 26_185L, 200L), (report.Scripts, report.Operations, report.UnstableOperations));
        Assert.Equal(outcomes.Count(outcome => !outcome.Passed), report.FailedScripts);
        Assert.Equal(outcomes.Sum(outcome => outcome.Mismatches.Count), report.Mismatches + report.UnstableMismatches);
        Assert.True(report.UnstableMismatches > 0);

        // A forgetful system opens, and then fails to show what it mapped.
        MismatchRow row = Assert.Single(report.Rows, item => item is { Operation: OperationKind.Store, Field: MismatchField.Entries });
        Assert.True(row.Mismatches > 1_000);
        Assert.Equal(row, Assert.Single(
            Run(new ConformanceOptions { KeepGoing = true }, []).Rows,
            item => item is { Operation: OperationKind.Store, Field: MismatchField.Entries }));
    }

    [Fact]
    public void Only_one_script_is_replayed_if_one_is_named()
    {
        List<ScriptOutcome> outcomes = [];
        ConformanceReport report = Run(new ConformanceOptions { Only = "dir-fork-three" }, outcomes);
        Assert.Equal("dir-fork-three", Assert.Single(outcomes).Script.Id);
        Assert.Equal(1, report.Scripts);
        Assert.Equal(0, Run(new ConformanceOptions { Only = "no-such" }, []).Scripts);
    }

    [Fact]
    public void Scripts_before_a_damaged_line_are_replayed_first()
    {
        byte[] text = [.. "{\"meta\":1}\n{\"id\":\"a\",\"ops\":[[\"exit\",1]],\"res\":[{\"skip\":1}]}\n{}\n"u8];
        List<ScriptOutcome> outcomes = [];
        TraceReader reader = new(new MemoryStream(text), "t");
        TraceFormatException refused = Assert.Throws<TraceFormatException>(
            () => new ConformanceRun(_ => new ForgetfulSystem()).Run(reader, new ConformanceOptions(), outcomes.Add, CancellationToken.None));
        Assert.Equal(3, refused.Line);
        Assert.True(Assert.Single(outcomes).Passed);
    }

    [Fact]
    public void The_kind_of_devices_is_that_of_the_header()
    {
        List<DeviceMemoryKind> kinds = [];
        TraceReader reader = new(new MemoryStream(Recording.Read(Recording.Coherent)), "t");
        new ConformanceRun(kind =>
        {
            kinds.Add(kind);
            return new ForgetfulSystem();
        }).Run(reader, new ConformanceOptions { Only = "dir-fork-three" }, _ => { }, CancellationToken.None);
        Assert.Equal([DeviceMemoryKind.Coherent], kinds);
    }

    [Fact]
    public void A_stopped_run_says_so()
    {
        using CancellationTokenSource stop = new();
        TraceReader reader = new(new MemoryStream(Recording.Read(Recording.Private)), "t");
        Assert.ThrowsAny<OperationCanceledException>(() => new ConformanceRun(_ => new ForgetfulSystem())
            .Run(reader, new ConformanceOptions { KeepGoing = true }, _ => stop.Cancel(), stop.Token));
    }

    [Theory]
    [InlineData("dir-fork-three", 10, "Listings/wrong-answer.txt")]
    public void A_wrong_answer_is_listed_with_what_is_around_it(string id, int step, string golden)
    {
        TraceScript script = Recording.Script(Recording.Private, id);
        RecordedSystem system = new(script) { WrongStep = step, WrongResult = _ => CallResult.Signalled(FaultSignal.AccessError) };
        VerifyListing(script, system, golden);
    }

    [Fact]
    public void A_wrong_state_is_listed_with_marks_below_it()
    {
        TraceScript script = Recording.Script(Recording.Private, "dir-fork-three");
        VerifyListing(
            script,
            new(script)
            {
                WrongStep = 14,
                WrongObservation = (page, seen) => page.IndexInBlock == 1 ? new PageObservation('P', 5) : seen,
                WrongPermission = (_, permission) => (byte)(permission | 2),
            },
            "Listings/wrong-state.txt");
    }

    [Fact]
    public void A_failure_is_listed_with_its_message()
    {
        TraceScript script = Recording.Script(Recording.Private, "dir-fork-three");
        VerifyListing(script, new(script) { WrongStep = 4, WrongResult = _ => throw new InvalidOperationException("a page was lost") }, "Listings/failure.txt");
    }

    [Fact]
    public void Every_listing_fits_130_columns()
    {
        List<ScriptOutcome> outcomes = [];
        Run(new ConformanceOptions { KeepGoing = true }, outcomes);
        foreach (MismatchDetail detail in outcomes.Select(outcome => outcome.First).OfType<MismatchDetail>())
        {
            Assert.All(MismatchListing.Write(detail).Split('\n'), line => Assert.True(line.Length <= MismatchListing.WidthAtMost, line));
        }
    }

    private static void VerifyListing(TraceScript script, RecordedSystem system, string golden) => GoldenFile.Verify(
        $"tests/Conformance.Tests/{golden}",
        MismatchListing.Write(ScriptReplay.Run(script, system, CancellationToken.None).First!));

    private static ConformanceReport Run(ConformanceOptions options, List<ScriptOutcome> outcomes)
    {
        TraceReader reader = new(new MemoryStream(Recording.Read(Recording.Private)), "t");
        return new ConformanceRun(_ => new ForgetfulSystem()).Run(reader, options, outcomes.Add, CancellationToken.None);
    }

    /// <summary>A double that agrees to everything and remembers nothing.</summary>
    private sealed class ForgetfulSystem : ICallSystem
    {
        public void MakeFile(FileId file, IReadOnlyList<ulong> pageValues) => Assert.NotEmpty(pageValues);

        public CallResult Perform(int device, Call call)
        {
            Assert.True(call.Kind != CallKind.Map || call.Backing == AreaBacking.Anonymous || !call.File.IsNone);
            return CallResult.Success;
        }

        public PageObservation Observe(AddressSpaceId space, VirtualPageNumber page) => PageObservation.Nothing;

        public byte Permission(int device, uint mirror, AddressSpaceId space, VirtualPageNumber page) => 0;
    }
}
