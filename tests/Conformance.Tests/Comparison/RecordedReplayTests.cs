using CsCheck;
using HmmSim.Conformance.Comparison;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Tests.Recordings;
using HmmSim.Conformance.Tests.Replay;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Tests.Comparison;

/// <summary>What was recorded compares equal to itself, and anything else is found where it is said.</summary>
public sealed class RecordedReplayTests
{
    private static readonly IReadOnlyList<TraceScript> Scripts = [.. Recording.Scripts(Recording.Private), .. Recording.Scripts(Recording.Coherent)];

    private static readonly CallResult[] WrongResults =
    [
        CallResult.Failed(Errno.EOPNOTSUPP),
        CallResult.Signalled(FaultSignal.MapError),
        CallResult.Signalled(FaultSignal.BusError),
        new() { PageCount = 99, FaultCount = 99, Values = [987_654_321, 2, 3, 4, 5, 6], Permissions = [0x77] },
    ];

    [Fact]
    public void Every_script_replayed_from_its_own_record_has_no_mismatch()
    {
        foreach (TraceScript script in Scripts)
        {
            ScriptOutcome outcome = ScriptReplay.Run(script, new RecordedSystem(script), CancellationToken.None);
            Assert.True(outcome.Passed, outcome.First is null ? null : MismatchListing.Write(outcome.First));
            Assert.Empty(outcome.Mismatches);
            Assert.Equal(script.Steps.Count, outcome.Operations);
        }
    }

    [Fact]
    public void A_wrong_answer_of_any_operation_is_found_where_it_was_given() =>
        Gen.Select(Gen.Int[0, Scripts.Count - 1], Gen.Int[0, 59], Gen.Int[0, WrongResults.Length - 1]).Sample(
            (which, at, answer) =>
            {
                TraceScript script = Scripts[which];
                CallResult wrong = WrongResults[answer];
                int step = at % script.Steps.Count;
                TraceStep recorded = script.Steps[step];

                // A success that says nothing cannot be wrong in what it says, nor can a signal that was recorded.
                bool isSilent = wrong.Error == Errno.None && wrong.Signal == FaultSignal.None && recorded.Result.Error == 0
                    && OperationForm.Of(recorded.Operation.Kind).Shape is (ResultShape.Error or ResultShape.Stored);
                isSilent |= (wrong.Signal, recorded.Result.Signal, recorded.Result.Code) is (FaultSignal.MapError, 11, 1) or (FaultSignal.BusError, 7, 2);
                RecordedSystem system = new(script) { WrongStep = step, WrongResult = _ => wrong };
                if (isSilent || !Performs(script, step))
                {
                    return;
                }

                ScriptOutcome outcome = ScriptReplay.Run(script, system, CancellationToken.None);
                Assert.Equal(step, outcome.Mismatches[0].Step);
                Assert.Equal(recorded.Operation.Kind, outcome.Mismatches[0].Operation);
                Assert.Equal(script.IsUnstable(step), outcome.Mismatches[0].IsUnstable);
            },
            iter: 2_000);

    [Fact]
    public void A_wrong_state_is_found_in_the_part_that_is_wrong()
    {
        TraceScript script = Recording.Script(Recording.Private, "dir-fork-three");
        const int ForkStep = 7;
        Assert.Equal(MismatchField.Entries, First(new(script) { WrongStep = ForkStep, WrongObservation = (_, seen) => seen with { Letter = 'P' } }).Field);
        Assert.Equal(MismatchField.Sharing, First(new(script) { WrongStep = ForkStep, WrongObservation = (_, seen) => seen with { Identity = 0 } }).Field);
        Assert.Equal(MismatchField.Device0, First(new(script) { WrongStep = ForkStep, WrongPermission = (_, _) => 0x22 }).Field);

        Mismatch First(RecordedSystem system)
        {
            Mismatch mismatch = ScriptReplay.Run(script, system, CancellationToken.None).Mismatches[0];
            Assert.Equal(ForkStep, mismatch.Step);
            return mismatch;
        }
    }

    [Fact]
    public void A_mismatch_from_nd_smp_on_is_counted_apart_and_fails_nothing()
    {
        TraceScript script = Scripts.First(item => item.UnstableFrom is > 0);
        int step = Enumerable.Range(script.UnstableFrom!.Value, script.Steps.Count - script.UnstableFrom.Value).First(at => Performs(script, at));
        ScriptOutcome outcome = ScriptReplay.Run(
            script, new RecordedSystem(script) { WrongStep = step, WrongResult = _ => CallResult.Failed(Errno.EOPNOTSUPP) }, CancellationToken.None);
        Assert.True(outcome.Passed);
        Assert.NotEmpty(outcome.Mismatches);
        Assert.All(outcome.Mismatches, mismatch => Assert.True(mismatch.IsUnstable));
    }

    [Fact]
    public void A_system_that_throws_ends_the_script_with_its_message()
    {
        TraceScript script = Recording.Script(Recording.Private, "dir-fork-three");
        ScriptOutcome outcome = ScriptReplay.Run(
            script,
            new RecordedSystem(script) { WrongStep = 4, WrongResult = _ => throw new InvalidOperationException("a page was lost") },
            CancellationToken.None);
        Assert.Equal(5, outcome.Operations);
        Assert.Equal(new Mismatch(4, OperationKind.Store, MismatchField.Failure, false), Assert.Single(outcome.Mismatches));
        Assert.Equal("InvalidOperationException: a page was lost", outcome.First!.Failure);
    }

    [Fact]
    public void A_stop_is_obeyed_between_two_operations()
    {
        using CancellationTokenSource stop = new();
        TraceScript script = Recording.Script(Recording.Private, "dir-fork-three");
        RecordedSystem system = new(script)
        {
            WrongStep = 4,
            WrongResult = result =>
            {
                stop.Cancel();
                return result;
            },
        };
        Assert.Throws<OperationCanceledException>(() => ScriptReplay.Run(script, system, stop.Token));
        Assert.Equal(5, system.Calls.Count);
    }

    private static bool Performs(TraceScript script, int step)
    {
        RecordedSystem probe = new(script) { WrongStep = step, WrongResult = _ => throw new InvalidOperationException("performed") };
        return !ScriptReplay.Run(script, probe, CancellationToken.None).Mismatches.All(mismatch => mismatch.Field != MismatchField.Failure);
    }
}
