using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;

namespace HmmSim.Conformance.Tests.Replay;

/// <summary>Which calls an operation comes to, and which it does not need.</summary>
public sealed class OperationTranslatorTests
{
    private readonly OperationTranslator _translator = new();

    [Fact]
    public void Windows_lie_16_MiB_apart()
    {
        Assert.Equal(0x7000_0000_0000UL >> 12, WindowAddresses.PageOf(0, 0).Value);
        Assert.Equal(0x7000_0200_3000UL >> 12, WindowAddresses.PageOf(2, 3).Value);
    }

    [Fact]
    public void A_dead_slot_is_skipped_without_a_call()
    {
        TranslatedOperation translated = Translate(new TraceOperation { Kind = OperationKind.Load, Process = 1, PageCount = 1 });
        Assert.Empty(translated.Calls);
        Assert.Equal(TraceResult.Skipped, translated.Answer);
    }

    [Theory]
    [InlineData(OperationKind.DeviceRead, false, 9)]
    [InlineData(OperationKind.Release, true, 9)]
    [InlineData(OperationKind.Close, false, 9)]
    [InlineData(OperationKind.Close, true, 9)]
    [InlineData(OperationKind.Truncate, false, 9)]
    public void What_is_not_open_has_a_bad_descriptor(OperationKind kind, bool isInherited, int error)
    {
        TranslatedOperation translated = Translate(new TraceOperation { Kind = kind, PageCount = 1, IsInherited = isInherited });
        Assert.Empty(translated.Calls);
        Assert.Equal(error, translated.Answer!.Error);
    }

    [Fact]
    public void A_second_open_and_a_fork_into_a_taken_slot_are_refused()
    {
        Perform(new TraceOperation { Kind = OperationKind.Open });
        Assert.Equal(16, Translate(new TraceOperation { Kind = OperationKind.Open }).Answer!.Error);
        Assert.Equal(17, Translate(new TraceOperation { Kind = OperationKind.Fork, Child = 0 }).Answer!.Error);
    }

    [Fact]
    public void An_inherited_handle_acts_on_the_address_space_of_the_parent()
    {
        Perform(new TraceOperation { Kind = OperationKind.Open, Device = 1 });
        Perform(new TraceOperation { Kind = OperationKind.Fork, Child = 2 });
        TargetedCall call = Assert.Single(Translate(new TraceOperation
        {
            Kind = OperationKind.DeviceWrite, Process = 2, Device = 1, IsInherited = true, Window = 1, Page = 4, PageCount = 3, Value = 50,
        }).Calls);
        Assert.Equal(1, call.Device);
        Assert.Equal(
            new Call
            {
                Kind = CallKind.DeviceWrite,
                Space = new AddressSpaceId(0),
                Mirror = 1,
                Begin = WindowAddresses.PageOf(1, 4),
                PageCount = 3,
                Value = 50,
            },
            call.Call);
    }

    [Fact]
    public void Exit_tears_the_address_space_down_and_then_closes_what_nobody_else_holds()
    {
        Perform(new TraceOperation { Kind = OperationKind.Open, Device = 0 });
        Perform(new TraceOperation { Kind = OperationKind.Fork, Child = 1 });
        Perform(new TraceOperation { Kind = OperationKind.Open, Process = 1, Device = 1 });
        IReadOnlyList<TargetedCall> calls = Translate(new TraceOperation { Kind = OperationKind.Exit, Process = 1 }).Calls;
        Assert.Equal([(-1, CallKind.Exit, 0u), (1, CallKind.Close, 2u)], calls.Select(call => (call.Device, call.Call.Kind, call.Call.Mirror)));
        Assert.All(calls, call => Assert.Equal(new AddressSpaceId(1), call.Call.Space));
    }

    [Fact]
    public void A_close_that_is_not_the_last_succeeds_without_a_call()
    {
        Perform(new TraceOperation { Kind = OperationKind.Open });
        Perform(new TraceOperation { Kind = OperationKind.Fork, Child = 1 });
        TranslatedOperation first = Translate(new TraceOperation { Kind = OperationKind.Close });
        Assert.Empty(first.Calls);
        Assert.Equal(0, first.Answer!.Error);
        TranslatedOperation inherited = Translate(new TraceOperation { Kind = OperationKind.Close, Process = 1, IsInherited = true });
        Assert.Equal(CallKind.Close, Assert.Single(inherited.Calls).Call.Kind);
    }

    [Fact]
    public void An_open_or_fork_that_fails_leaves_nothing_behind()
    {
        Perform(new TraceOperation { Kind = OperationKind.Open }, CallResult.Failed(Errno.ENOMEM));
        Assert.Null(_translator.Processes.OwnHandle(0, 0));
        Perform(new TraceOperation { Kind = OperationKind.Fork, Child = 1 }, CallResult.Failed(Errno.ENOMEM));
        Assert.False(_translator.Processes.IsAlive(1));
    }

    [Fact]
    public void The_file_of_a_window_is_made_with_its_first_mapping_and_shared_by_children()
    {
        TranslatedOperation first = Perform(MapOf(MappingKind.FileShared, page: 2, pages: 3));
        Assert.Equal([901_000UL, 901_001, 901_002, 901_003, 901_004], first.File!.PageValues);
        Assert.Equal((AreaBacking.FileShared, 2L, first.File.Id), (first.Calls[0].Call.Backing, first.Calls[0].Call.FileOffsetPages, first.Calls[0].Call.File));
        Perform(new TraceOperation { Kind = OperationKind.Fork, Child = 1 });
        TranslatedOperation second = Perform(MapOf(MappingKind.FilePrivate, page: 8, pages: 1) with { Process = 1 });
        Assert.Null(second.File);
        Assert.Equal((AreaBacking.FilePrivate, first.File.Id), (second.Calls[0].Call.Backing, second.Calls[0].Call.File));
        TargetedCall truncate = Assert.Single(Perform(new TraceOperation { Kind = OperationKind.Truncate, Process = 1, Window = 1, PageCount = 4 }).Calls);
        Assert.Equal((first.File.Id, 4L), (truncate.Call.File, truncate.Call.PageCount));
    }

    [Fact]
    public void Each_shared_anonymous_mapping_is_an_unnamed_file_of_its_own()
    {
        Call first = Perform(MapOf(MappingKind.SharedAnonymous, page: 0, pages: 1)).Calls[0].Call;
        Call second = Perform(MapOf(MappingKind.SharedAnonymous, page: 1, pages: 1)).Calls[0].Call;
        Assert.NotEqual(first.File, second.File);
        Assert.False(first.File.IsNone);
        Assert.Equal(AreaBacking.SharedAnonymous, second.Backing);
    }

    [Fact]
    public void A_window_is_as_long_as_anybody_asked_for_also_in_vain()
    {
        Perform(MapOf(MappingKind.Anonymous, page: 2, pages: 3), CallResult.Failed(Errno.EEXIST));
        Assert.Equal(5, _translator.PagesOf(1));
        TraceOperation remap = new() { Kind = OperationKind.Remap, Window = 1, Page = 0, PageCount = 2, TargetWindow = 3, TargetPage = 7 };
        Call call = Perform(remap, CallResult.Failed(Errno.EFAULT)).Calls[0].Call;
        Assert.Equal(WindowAddresses.PageOf(3, 7), call.Target);
        Assert.Equal((0, 5, 0, 9), (_translator.PagesOf(0), _translator.PagesOf(1), _translator.PagesOf(2), _translator.PagesOf(3)));
    }

    [Fact]
    public void Page_out_takes_the_pages_that_the_record_shows_as_taken_and_only_in_the_range()
    {
        RecordedState before = new();
        before.Advance(new TraceStep(
            new TraceOperation { Kind = OperationKind.Load }, "", TraceResult.Skipped, [new WindowState(0, 0, "P-P-S-F-.-P-P-", "", "")]));
        WindowState[] changes = [new WindowState(0, 0, "S-P-S-.-.-S-.-", "", "")];
        TraceOperation pageOut = new() { Kind = OperationKind.Advise, Advice = Advice.PageOut, Page = 1, PageCount = 5 };
        Assert.Equal([2L, 4L], _translator.Translate(pageOut, before, changes).Calls[0].Call.Reclaimed!.Order());
        Assert.Empty(_translator.Translate(pageOut, before, []).Calls[0].Call.Reclaimed!);
        Assert.Null(_translator.Translate(pageOut with { Advice = Advice.Cold }, before, changes).Calls[0].Call.Reclaimed);
    }

    [Theory]
    [InlineData(OperationKind.Load, "v=[7]")]
    [InlineData(OperationKind.Store, "e=0")]
    [InlineData(OperationKind.CopyFromUser, "e=0 v=[7]")]
    public void Answers_have_the_fields_of_their_operation(OperationKind kind, string expected)
    {
        TraceResult answer = _translator.Complete(new TraceOperation { Kind = kind }, new CallResult { Values = [7] });
        Assert.Equal(expected, HmmSim.Conformance.Comparison.ListingText.Of(answer));
        TraceResult failed = _translator.Complete(new TraceOperation { Kind = kind }, CallResult.Signalled(FaultSignal.BusError));
        Assert.Equal("sig=7 code=2", HmmSim.Conformance.Comparison.ListingText.Of(failed));
    }

    private static TraceOperation MapOf(MappingKind kind, int page, int pages) =>
        new() { Kind = OperationKind.Map, Window = 1, Page = page, PageCount = pages, Protections = Protections.ReadWrite, Mapping = kind };

    private TranslatedOperation Translate(TraceOperation operation) => _translator.Translate(operation, new RecordedState(), []);

    private TranslatedOperation Perform(TraceOperation operation, CallResult? result = null)
    {
        TranslatedOperation translated = Translate(operation);
        Assert.NotEmpty(translated.Calls);
        _translator.Complete(operation, result ?? CallResult.Success);
        return translated;
    }
}
