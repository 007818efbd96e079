using HmmSim.Conformance.Scripts;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.AddressSpaces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Tests.Scripts;

/// <summary>Script scenarios are read as written, and mistakes are named by line and column.</summary>
public sealed class ScriptLoaderTests
{
    private const string Head =
        "name: x\ndevices: [private, coherent]\nbuffers:\n  a: {pages: 8}\n  b: {pages: 4}\nfiles:\n  f: {pages: 2, values: {first: 9}}\nsteps:\n";

    [Fact]
    public void A_script_is_read_field_by_field()
    {
        ScriptScenario scenario = Parse("""
              - map: {buffer: b, pages: 1..2, protection: read, backing: file_shared, file: f}
              - fork: {child: kid}
              - device_write: {process: kid, only: coherent, device: 1, inherited: true, buffer: a, values: {first: 50}, expect: {pages: 8, faults: 1}}
              - remap: {buffer: a, pages: 0..1, to: b, to_page: 2, expect: {error: EFAULT}}
              - advise: {buffer: a, advice: dont_need}
              - repeat: {times: 3, steps: [{load: {buffer: a, pages: 3, expect: {values: {first: 1, each_page: 2, each_repetition: 10}}}}]}
              - snapshot: {device: 0, buffer: b, expect: {permissions: 'ff 01 02 22'}}
              - load: {buffer: a, pages: 0, expect: {signal: bus_error}}
              - pin: {buffer: a, write: true, expect: {errors: [none, EBUSY]}}
            """);
        Assert.Equal("x", scenario.Name);
        Assert.Equal([DeviceMemoryKind.Private, DeviceMemoryKind.Coherent], scenario.Devices);
        Assert.Equal([new ScriptBuffer("a", 8), new ScriptBuffer("b", 4)], scenario.Buffers);
        Assert.Equal([new ScriptFile("f", 2, new PageValues(9, 1, 0))], scenario.Files);
        IReadOnlyList<ScriptStep> steps = scenario.Steps;
        Assert.Equal(
            (CallKind.Map, 9L, 1, new PageRange(1, 2), Protections.Read, AreaBacking.FileShared, 0),
            (steps[0].Kind, steps[0].Line, steps[0].Buffer, steps[0].Pages, steps[0].Protections, steps[0].Backing, steps[0].File));
        Assert.Equal("kid", steps[1].Child);
        Assert.Equal(("kid", DeviceMemoryKind.Coherent, 1, true), (steps[2].Process, steps[2].Only!.Value, steps[2].Device, steps[2].IsInherited));
        Assert.Equal((new PageValues(50, 1, 0), 8, 1), (steps[2].Values, steps[2].Expected.PageCount!.Value, steps[2].Expected.FaultCount!.Value));
        Assert.Equal((1, 2), (steps[3].TargetBuffer, steps[3].TargetPage));
        Assert.Equal([Errno.EFAULT], steps[3].Expected.Errors);
        Assert.Equal((Advice.DontNeed, new PageRange(0, 8)), (steps[4].Advice, steps[4].Pages));
        Assert.Equal((CallKind.None, 3), (steps[5].Kind, steps[5].Count));
        Assert.Equal(new PageValues(1, 2, 10), Assert.Single(steps[5].Steps).Expected.Values);
        Assert.Equal([0xff, 0x01, 0x02, 0x22], steps[6].Expected.Permissions!);
        Assert.Equal(FaultSignal.BusError, steps[7].Expected.Signal);
        Assert.True(steps[8].IsWrite);
        Assert.Equal([Errno.None, Errno.EBUSY], steps[8].Expected.Errors);
    }

    [Theory]
    [InlineData("  - opne: {device: 0}", "9:5: 'opne' is no step", "did you mean 'open'?)")]
    [InlineData("  - open: {devise: 0}", "9:12: 'devise' is no key here (expected device, process, only, expect", "did you mean 'device'?)")]
    [InlineData("  - open: {device: 2}", "9:20: 'device' is '2' (expected a device, 0 to 1)", "")]
    [InlineData("  - open: {}", "9:11: 'device' is missing (expected a device)", "")]
    [InlineData("  - open", "9:5: is no step (expected a step: one word with its keys", "")]
    [InlineData("  - load: {buffer: c}", "9:20: 'buffer' is 'c' (expected a buffer: a, b", "")]
    [InlineData("  - load: {buffer: a, pages: 8}", "9:30: 'pages' is '8' (expected a page or a range such as 0..5, inside the 8 pages of the buffer)", "")]
    [InlineData("  - load: {buffer: a, pages: 5..3}", "9:30: 'pages' is '5..3'", "")]
    [InlineData("  - load: {buffer: a, pages: 1..2..3}", "9:30: 'pages' is '1..2..3'", "")]
    [InlineData("  - load: {buffer: a, process: kid}", "9:32: 'process' is 'kid' (expected a process that is there or was forked before: main)", "")]
    [InlineData("  - store: {buffer: a}", "9:12: 'value' is missing", "")]
    [InlineData("  - store: {buffer: a, value: -1}", "9:31: 'value' is '-1' (expected the value of a page", "")]
    [InlineData("  - store: {buffer: a, value: 1, values: {first: 1}}", "9:12: has both 'value' and 'values'", "")]
    [InlineData("  - device_write: {device: 0, buffer: a, value: 1}", "9:19: a device writes another value to each page", "")]
    [InlineData("  - map: {buffer: a, backing: file_shared}", "9:10: 'file' is missing", "")]
    [InlineData("  - map: {buffer: a, file: f}", "9:10: 'file' does not belong here", "")]
    [InlineData("  - map: {buffer: a, protection: raed}",
        "9:34: 'protection' is 'raed' (expected a protection: none, read, write, read_write", "did you mean 'read'?)")]
    [InlineData("  - remap: {buffer: a, to: b}", "9:28: 'to' is shorter than 8 pages", "")]
    [InlineData("  - remap: {buffer: a, pages: 0..1, to: b, to_page: 3}",
        "9:53: 'to_page' is '3' (expected a page such that the moved pages end inside the buffer, 0 to 2)", "")]
    [InlineData("  - advise: {buffer: a, advice: none}", "9:33: 'advice' is 'none'", "")]
    [InlineData("  - unmap: {buffer: a, expect: {error: EFUALT}}", "9:40: 'error' is 'EFUALT' (expected an error: none, EPERM,", "did you mean 'EFAULT'?)")]
    [InlineData("  - unmap: {buffer: a, expect: {errors: [x]}}", "9:41: 'errors' has a word that is no error", "")]
    [InlineData("  - snapshot: {device: 0, buffer: b, expect: {permissions: '01 02'}}",
        "9:60: 'permissions' has 2 bytes (expected one byte in hexadecimal for all pages, or 4 of them", "")]
    [InlineData("  - snapshot: {device: 0, buffer: b, expect: {permissions: '1'}}", "9:60: 'permissions' has '1'", "")]
    [InlineData("  - repeat: {times: 0, steps: []}", "9:21: 'times' is '0' (expected how often, 1 to 100000)", "")]
    [InlineData("  - close: {device: 0, inherited: yes}", "9:35: 'inherited' is 'yes' (expected true or false)", "")]
    [InlineData("  - open: &x {device: 0}", "9:11: is an anchor (expected the value itself)", "")]
    [InlineData("  - open: {device: 0", "is no YAML", "")]
    public void A_wrong_step_is_refused_with_line_and_column(string step, string begin, string end)
    {
        ScriptFormatException refused = Assert.Throws<ScriptFormatException>(() => Parse(step));
        Assert.Contains(begin, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("x.yaml:", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(end, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x.yaml:1:1: has 0 documents (expected one document)")]
    [InlineData("name: x\ndevices: [privat]\nsteps: []", "x.yaml:2:10: 'devices' has a word that is no kind")]
    [InlineData("name: x\ndevices: []\nsteps: []", "x.yaml:2:10: 'devices' is empty")]
    [InlineData("devices: [private]\nsteps: []", "x.yaml:1:1: 'name' is missing")]
    [InlineData("name: x\ndevices: [private]\nbuffers: {a: {pages: 0}}\nsteps: []", "x.yaml:3:22: 'pages' is '0' (expected a number of pages, 1 to 262144)")]
    [InlineData("name: x\ndevices: [private]\nsteps: 5", "x.yaml:3:8: 'steps' is no list")]
    public void A_wrong_file_is_refused(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<ScriptFormatException>(() => ScriptLoader.Parse("x.yaml", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_refused_with_a_file_that_is_there()
    {
        ScriptFormatException refused = Assert.Throws<ScriptFormatException>(() => ScriptLoader.Load("no-such.yaml"));
        Assert.StartsWith("no-such.yaml:1:1: the file cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Repository.Root, refused.Message.Split("such as ")[1].Split(')')[0])));
    }

    private static ScriptScenario Parse(string steps) => ScriptLoader.Parse("x.yaml", Head + steps);
}
