using HmmSim.Conformance.Replay;
using HmmSim.Conformance.Scripts;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Tests.Scripts;

/// <summary>Calls come one at a time, in order, and what a step must answer is checked.</summary>
public sealed class ScriptMachineTests
{
    private const string Head =
        "name: x\ndevices: [private]\nbuffers:\n  a: {pages: 4}\n  b: {pages: 4}\nfiles:\n  f: {pages: 2, values: {first: 9}}\nsteps:\n";

    [Fact]
    public void A_range_is_one_call_and_accesses_go_page_by_page()
    {
        List<TargetedCall> calls = Calls("""
              - map: {buffer: b}
              - store: {buffer: b, pages: 1..2, values: {first: 7}}
            """);
        Assert.Equal([CallKind.Map, CallKind.Store, CallKind.Store], calls.Select(call => call.Call.Kind));
        Assert.Equal([4L, 1L, 1L], calls.Select(call => call.Call.PageCount));
        Assert.Equal([0UL, 7UL, 8UL], calls.Select(call => call.Call.Value));
        VirtualPageNumber begin = VirtualPageNumber.OfAddress(0x7000_4000_0000);
        Assert.Equal([begin, begin + 1, begin + 2], calls.Select(call => call.Call.Begin));
    }

    [Fact]
    public void A_repetition_counts_in_values()
    {
        List<TargetedCall> calls = Calls("  - repeat: {times: 3, steps: [{store: {buffer: a, pages: 0, values: {first: 1, each_repetition: 10}}}]}");
        Assert.Equal([1UL, 11UL, 21UL], calls.Select(call => call.Call.Value));
    }

    [Fact]
    public void Processes_and_handles_are_those_of_the_script()
    {
        List<TargetedCall> calls = Calls("""
              - open: {device: 0}
              - fork: {child: kid}
              - device_read: {process: kid, device: 0, inherited: true, buffer: a}
              - open: {process: kid, device: 1}
              - close: {device: 0}
              - exit: {process: kid}
            """);
        Assert.Equal(
            [
                (0, CallKind.Open, 0, 1u), (-1, CallKind.Fork, 0, 0u), (0, CallKind.DeviceRead, 0, 1u), (1, CallKind.Open, 1, 2u),
                (-1, CallKind.Exit, 1, 0u), (0, CallKind.Close, 0, 1u), (1, CallKind.Close, 1, 2u),
            ],
            calls.Select(call => (call.Device, call.Call.Kind, (int)call.Call.Space.Value, call.Call.Mirror)));
        Assert.Equal(new AddressSpaceId(1), calls[1].Call.Child);
    }

    [Fact]
    public void Files_are_there_from_the_begin_and_mapped_by_number()
    {
        ScriptMachine machine = new(
            ScriptLoader.Parse("x.yaml", Head + "  - map: {buffer: a, pages: 1..2, backing: file_private, file: f}"),
            DeviceMemoryKind.Private);
        NewFile file = Assert.Single(machine.Files);
        Assert.Equal([9UL, 10UL], file.PageValues);
        Call call = machine.Next()!.Call;
        Assert.Equal((file.Id, 1L), (call.File, call.FileOffsetPages));
    }

    [Fact]
    public void Steps_for_the_other_kind_of_memory_are_left_out() =>
        Assert.Equal(CallKind.Unpin, Assert.Single(Calls("  - open: {only: coherent, device: 0}\n  - unpin: {only: private}")).Call.Kind);

    [Fact]
    public void A_call_waits_for_the_result_of_the_one_before()
    {
        ScriptMachine machine = new(ScriptLoader.Parse("x.yaml", Head + "  - unpin: {}\n  - unpin: {}"), DeviceMemoryKind.Private);
        Assert.Throws<InvalidOperationException>(() => machine.Completed(CallResult.Success));
        Assert.NotNull(machine.Next());
        Assert.Throws<InvalidOperationException>(machine.Next);
        machine.Completed(CallResult.Success);
        Assert.NotNull(machine.Next());
        machine.Completed(CallResult.Success);
        Assert.Null(machine.Next());
        Assert.Equal(2, machine.CallCount);
    }

    [Theory]
    [InlineData("unmap: {buffer: a}", "error None", 22, 0, "")]
    [InlineData("unmap: {buffer: a, expect: {error: EINVAL}}", "error EINVAL", 0, 0, "")]
    [InlineData("unmap: {buffer: a, expect: {errors: [EINVAL, EBUSY]}}", "error EINVAL or EBUSY", 14, 0, "")]
    [InlineData("load: {buffer: a, pages: 2, expect: {signal: bus_error}}", "signal BusError", 0, 0, "1")]
    [InlineData("migrate_to_system: {device: 0, buffer: a, expect: {pages: 4}}", "4 pages", 0, 3, "")]
    [InlineData("device_write: {device: 0, buffer: a, values: {first: 1}, expect: {faults: 1}}", "1 device faults", 0, 4, "")]
    [InlineData("device_read: {device: 0, buffer: a, expect: {values: {first: 5}}}", "value 7 of page 2", 0, 4, "5,6,8,8")]
    [InlineData("device_read: {device: 0, buffer: a, expect: {values: {first: 5}}}", "value 8 of page 3", 0, 4, "5,6,7")]
    [InlineData("device_read: {device: 0, buffer: a, expect: {values: {first: 5}}}", "4 values", 0, 4, "5,6,7,8,9")]
    [InlineData("load: {buffer: a, pages: 2, expect: {value: 5}}", "value 5 of page 2", 0, 0, "6")]
    [InlineData("snapshot: {device: 0, buffer: a, expect: {permissions: '02'}}", "permissions 02", 0, 4, "")]
    public void A_wrong_answer_is_a_failure(string step, string expected, int error, int pages, string values)
    {
        ScriptMachine machine = new(ScriptLoader.Parse("x.yaml", $"{Head}  - open: {{device: 0}}\n  - {step}"), DeviceMemoryKind.Private);
        machine.Next();
        machine.Completed(CallResult.Success);
        Assert.NotNull(machine.Next());
        machine.Completed(new CallResult
        {
            Error = (Errno)error,
            PageCount = pages,
            Values = values.Length == 0 ? null : [.. values.Split(',').Select(value => ulong.Parse(value, null))],
            Permissions = [2, 2, 1, 2],
        });
        Assert.Null(machine.Next());
        ScriptFailure failure = Assert.Single(machine.Failures);
        Assert.Equal((10L, expected), (failure.Line, failure.Expected));
    }

    [Theory]
    [InlineData("device_read: {device: 0, buffer: a}", "a handle that is open")]
    [InlineData("exit: {}\n  - unpin: {}", "a process that lives")]
    [InlineData("open: {device: 0}\n  - open: {device: 0}", "a device that is not open")]
    public void A_step_that_cannot_be_called_is_a_failure(string steps, string expected)
    {
        ScriptMachine machine = new(ScriptLoader.Parse("x.yaml", $"{Head}  - {steps}"), DeviceMemoryKind.Private);
        while (machine.Next() is not null)
        {
            machine.Completed(CallResult.Success);
        }

        Assert.Equal(expected, Assert.Single(machine.Failures).Expected);
    }

    private static List<TargetedCall> Calls(string steps)
    {
        ScriptMachine machine = new(ScriptLoader.Parse("x.yaml", Head + steps), DeviceMemoryKind.Private);
        List<TargetedCall> calls = [];
        while (machine.Next() is { } call)
        {
            calls.Add(call);
            machine.Completed(CallResult.Success);
        }

        Assert.Empty(machine.Failures);
        return calls;
    }
}
