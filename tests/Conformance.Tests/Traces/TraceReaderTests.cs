using System.Text;
using HmmSim.Conformance.Systems;
using HmmSim.Conformance.Tests.Recordings;
using HmmSim.Conformance.Traces;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Tests.Traces;

/// <summary>Traces are read as written, and what is no trace is refused by name of its field.</summary>
public sealed class TraceReaderTests
{
    private const string Header = """{"meta":1,"devices":"0,1 = DEVICE_PRIVATE"}""";

    [Theory]
    [InlineData(Recording.Private, DeviceMemoryKind.Private, 811, 26_185, 12)]
    [InlineData(Recording.Coherent, DeviceMemoryKind.Coherent, 795, 25_562, 0)]
    public void The_recorded_files_are_read_completely(string name, DeviceMemoryKind devices, int scripts, int operations, int unstable)
    {
        TraceReader reader = new(new MemoryStream(Recording.Read(name)), name);
        List<TraceScript> all = [.. reader.ReadScripts()];
        Assert.Equal(devices, reader.Header.Devices);
        Assert.Equal("6.12.117", reader.Header.Kernel);
        Assert.Equal(scripts, all.Count);
        Assert.Equal(operations, all.Sum(script => script.Steps.Count));
        Assert.Equal(unstable, all.Count(script => script.UnstableFrom is not null));
        Assert.Equal(Enumerable.Range(2, scripts), all.Select(script => (int)script.Line));
    }

    [Fact]
    public void Every_operation_has_a_form_in_its_place() =>
        Assert.Equal(Enum.GetValues<OperationKind>(), OperationForm.All.Select(form => form.Kind));

    [Fact]
    public void Every_operation_of_the_format_is_recorded()
    {
        HashSet<OperationKind> seen = [.. Recording.Scripts(Recording.Private).SelectMany(script => script.Steps).Select(step => step.Operation.Kind)];
        Assert.Equal(Enum.GetValues<OperationKind>(), seen.Order());
    }

    [Fact]
    public void A_script_is_read_field_by_field()
    {
        TraceScript script = Read("""
            {"id":"x","ops":[["mmap",0,1,2,3,1,2],["dw",3,11,1,2,3,18446744073709551615],["mremap",1,0,1,2,3,4094],["madv",0,0,0,1,21],
            ["pin",0,0,0,1,1],["cr",2,3,4095],["dr",0,0,0,0,2],["snap",0,1,0,0,2],["cw",0,0,0,9]],"res":[{"e":17},{"skip":1},{"e":14},
            {"e":0,"st":{"3.2":"P-Da|0121|"}},{"e":22},{"v":7},{"e":0,"c":2,"f":1,"v":[3,4]},{"e":0,"c":2,"s":"ff22"},{"sig":7,"code":2}],"nd_smp":4}
            """);
        TraceStep[] steps = [.. script.Steps];
        Assert.Equal("x", script.Id);
        Assert.Equal(2, script.Line);
        Assert.False(script.IsUnstable(3));
        Assert.True(script.IsUnstable(4));
        Assert.Equal(
            new TraceOperation
            {
                Kind = OperationKind.Map, Window = 1, Page = 2, PageCount = 3, Protections = Protections.Read, Mapping = MappingKind.FilePrivate,
            },
            steps[0].Operation);
        Assert.Equal("mmap 0 1 2 3 1 2", steps[0].Text);
        Assert.Equal(17, steps[0].Result.Error);
        Assert.Equal(
            (3, 1, true, ulong.MaxValue),
            (steps[1].Operation.Process, steps[1].Operation.Device, steps[1].Operation.IsInherited, steps[1].Operation.Value));
        Assert.True(steps[1].Result.IsSkipped);
        Assert.Equal((3, 4094), (steps[2].Operation.TargetWindow, steps[2].Operation.TargetPage));
        Assert.Equal(Advice.PageOut, steps[3].Operation.Advice);
        Assert.Equal(new WindowState(3, 2, "P-Da", "0121", ""), Assert.Single(steps[3].Changes));
        Assert.True(steps[4].Operation.IsWrite);
        Assert.Equal([7UL], steps[5].Result.Values!);
        Assert.Equal([3UL, 4UL], steps[6].Result.Values!);
        Assert.Equal((2, 1), (steps[6].Result.PageCount, steps[6].Result.FaultCount));
        Assert.Equal([0xff, 0x22], steps[7].Result.Permissions!);
        Assert.Equal((7, 2), (steps[8].Result.Signal, steps[8].Result.Code));
    }

    [Theory]
    [InlineData("""[["opne",0,0]]""", """[{"e":0}]""", "ops[0][0]: is \"opne\" (expected an operation: mmap, ", "; did you mean 'open'?)")]
    [InlineData("""[["open",0,0,1]]""", """[{"e":0}]""", "ops[0]: has 3 arguments (expected 2: open p d)", "")]
    [InlineData("""[["open",0,0],["cr",0,0]]""", """[{"e":0},{"v":0}]""", "ops[1]: has 2 arguments (expected 3: cr p b pg)", "")]
    [InlineData("""[["open",4,0]]""", """[{"e":0}]""", "ops[0][1]: is 4 (expected a slot of a process, 0 to 3)", "")]
    [InlineData("""[["fork",0,4]]""", """[{"e":0}]""", "ops[0][2]: is 4 (expected a slot for the child, 0 to 3)", "")]
    [InlineData("""[["open",0,10]]""", """[{"e":0}]""", "ops[0][2]: is 10 (expected a device, 0 to 1)", "")]
    [InlineData("""[["release",0,2]]""", """[{"e":0}]""", "ops[0][2]: is 2 (expected a device: 0 or 1 opened by this process, 10 or 11 inherited", "")]
    [InlineData("""[["cr",0,4,0]]""", """[{"v":0}]""", "ops[0][2]: is 4 (expected a buffer, 0 to 3)", "")]
    [InlineData("""[["cr",0,0,4096]]""", """[{"v":0}]""", "ops[0][3]: is 4096 (expected a page of the buffer, 0 to 4095)", "")]
    [InlineData("""[["cr",0,0,-1]]""", """[{"v":0}]""", "ops[0][3]: is -1 (expected a page of the buffer, 0 to 4095)", "")]
    [InlineData("""[["munmap",0,0,4000,97]]""", """[{"e":0}]""", "ops[0][4]: is 97 (expected a number of pages that end inside the buffer, 1 to 96)", "")]
    [InlineData("""[["munmap",0,0,0,0]]""", """[{"e":0}]""", "ops[0][4]: is 0 (expected a number of pages that end inside the buffer, 1 to 4096)", "")]
    [InlineData("""[["mremap",0,0,0,2,1,4095]]""", """[{"e":0}]""", "ops[0][6]: is 4095 (expected a page such that the moved pages end inside", "")]
    [InlineData("""[["mprotect",0,0,0,1,4]]""", """[{"e":0}]""", "ops[0][5]: is 4 (expected bits of protection (1 read, 2 write), 0 to 3)", "")]
    [InlineData("""[["mmap",0,0,0,1,3,4]]""", """[{"e":0}]""", "ops[0][6]: is 4 (expected a kind of mapping", "")]
    [InlineData("""[["madv",0,0,0,1,9]]""", """[{"e":0}]""", "ops[0][5]: is 9 (expected an advice: 4 DontNeed, 8 Free,", "")]
    [InlineData("""[["madv",0,0,0,1,260]]""", """[{"e":0}]""", "ops[0][5]: is 260 (expected an advice", "")]
    [InlineData("""[["cw",0,0,0,-1]]""", """[{"e":0}]""", "ops[0][4]: is -1 (expected the value of a page, a whole number from 0 to 18446744073709551615)", "")]
    [InlineData("""[["cw",0,0,0,1.5]]""", """[{"e":0}]""", "ops[0][4]: is 1.5 (expected the value of a page", "")]
    [InlineData("""[["pin",0,0,0,1,2]]""", """[{"e":0}]""", "ops[0][5]: is 2 (expected a flag, 0 to 1)", "")]
    [InlineData("""[["exit","0"]]""", """[{"e":0}]""", "ops[0][1]: is \"0\" (expected a slot of a process, 0 to 3)", "")]
    [InlineData("""[[]]""", """[{"e":0}]""", "ops[0]: is empty (expected the word of an operation and its arguments)", "")]
    [InlineData("""[0]""", """[{"e":0}]""", "ops[0]: is 0 (expected an operation: a list of its word and its arguments)", "")]
    [InlineData("""[["exit",0],["exit",1]]""", """[{"e":0}]""", "res[1]: is missing (expected as many answers as operations: 2, not 1)", "")]
    [InlineData("""[["exit",0]]""", """[{"e":0},{"e":0}]""", "res[1]: is one too many (expected as many answers as operations: 1, not 2)", "")]
    [InlineData("""[["cr",0,0,0]]""", """[{"e":0}]""", "res[0]: has the fields 'e' (expected one of 'v', 'sig code', 'skip' as the answer of cr)", "")]
    [InlineData("""[["dr",0,0,0,0,1]]""", """[{"e":14,"c":0,"f":0,"v":[]}]""",
        "res[0]: has the fields 'e c f v' (expected one of 'e' as the answer of dr)", "")]
    [InlineData("""[["dr",0,0,0,0,1]]""", """[{"e":0,"c":1,"f":0,"v":5}]""", "res[0].v: is 5 (expected a list of values, one for each page)", "")]
    [InlineData("""[["dr",0,0,0,0,1]]""", """[{"e":0,"c":1,"f":0,"v":[1,"x"]}]""", "res[0].v[1]: is \"x\" (expected the value of a page", "")]
    [InlineData("""[["snap",0,0,0,0,1]]""", """[{"e":0,"c":1,"s":"0g"}]""", "res[0].s: is \"0g\" (expected bytes of permissions", "")]
    [InlineData("""[["exit",0]]""", """[{"err":0}]""", "res[0].err: is no field of an answer (expected one of skip, e, sig, code, c, f, v, s, st", ")")]
    [InlineData("""[["exit",0]]""", """[0]""", "res[0]: is 0 (expected an answer: an object such as {\"e\":0})", "")]
    [InlineData("""[["exit",0]]""", """[{"e":0,"st":{"4.0":"P-|02|"}}]""", "res[0].st.4.0: is no key of a state (expected slot and buffer, such as 0.1)", "")]
    [InlineData("""[["exit",0]]""", """[{"e":0,"st":{"0.0":"Q-|02|"}}]""", "res[0].st.0.0: has 'Q' for page 0 (expected one of the letters .PFZDdEeXxSM)", "")]
    [InlineData("""[["exit",0]]""", """[{"e":0,"st":{"0.0":"P-|0|"}}]""", "res[0].st.0.0: is \"P-|0|\" (expected PTES|S0|S1", "")]
    [InlineData("""[["exit",0]]""", """[{"e":0,"st":{"0.0":"P-P-"}}]""", "res[0].st.0.0: is \"P-P-\" (expected PTES|S0|S1", "")]
    public void A_wrong_script_is_refused_by_field(string operations, string results, string begin, string end)
    {
        TraceFormatException refused = Assert.Throws<TraceFormatException>(() => Read($$"""{"id":"x","ops":{{operations}},"res":{{results}}}"""));
        Assert.StartsWith($"t.jsonl:2: {begin}", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(end, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"x","ops":[],"res":[],"nd_smp":1}""", "nd_smp: is 1 (expected the index of an operation, 0 to 0)")]
    [InlineData("""{"id":"x","ops":[],"result":[]}""", "result: is no field of a script (expected one of id, ops, res, nd_smp)")]
    [InlineData("""{"id":"x","ops":[],"re":[]}""", "re: is no field of a script (expected one of id, ops, res, nd_smp; did you mean 'res'?)")]
    [InlineData("""{"ops":[],"res":[]}""", "id: is missing (expected the name of the script)")]
    [InlineData("""{"id":"","ops":[],"res":[]}""", "id: is no name (expected a text without control characters)")]
    [InlineData("""{"id":"x","res":[]}""", "ops: is missing (expected the list of operations)")]
    [InlineData("""{"id":"x","ops":[],"res":0}""", "res: is 0 (expected the list of answers, one for each operation)")]
    [InlineData("""{"id":"x","ops":[],"ops":[],"res":[]}""", "has a field twice (expected a script: {\"id\":NAME,\"ops\":[...],\"res\":[...]})")]
    [InlineData("""{"id":"x","ops":[""", "byte 18: is no JSON (expected a script")]
    [InlineData("", "byte 1: is no JSON (expected a script")]
    [InlineData("[]", "is [] (expected a script")]
    [InlineData("""{"id":"\ud800","ops":[],"res":[]}""", "has a text that is no valid Unicode (expected a script")]
    [InlineData("""{"id":"x","ops":[["exit",0]],"res":[{"\ud800":0}]}""", "has a text that is no valid Unicode (expected a script")]
    public void A_wrong_line_is_refused(string line, string message)
    {
        TraceFormatException refused = Assert.Throws<TraceFormatException>(() => Read(line));
        Assert.Contains($"t.jsonl:2: {message}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the file is empty (expected the first line of a trace file")]
    [InlineData("{}", "meta: is missing (expected the first line of a trace file")]
    [InlineData("""{"meta":2}""", "meta: is 2 (expected the version of the format, 1 to 1)")]
    [InlineData("""{"meta":1,"page":16384}""", "page: is 16384 (expected the page size in bytes, 4096 to 4096)")]
    [InlineData("""{"meta":1,"devices":"DEVICE_GENERIC"}""",
        "devices: is \"DEVICE_GENERIC\" (expected what the devices are: DEVICE_PRIVATE or DEVICE_COHERENT)")]
    [InlineData("""{"id":"x","ops":[],"res":[]}""", "meta: is missing (expected the first line of a trace file")]
    public void A_wrong_header_is_refused(string header, string message)
    {
        TraceFormatException refused = Assert.Throws<TraceFormatException>(() => new TraceReader(new MemoryStream(Encoding.UTF8.GetBytes(header)), "t.jsonl"));
        Assert.Contains($"t.jsonl:1: {message}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_longer_than_any_script_is_refused()
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(Header + "\n"), .. Enumerable.Repeat((byte)' ', 40 << 20)];
        TraceReader reader = new(new MemoryStream(text), "t.jsonl");
        Assert.Contains(
            "t.jsonl:2: the line is too long",
            Assert.Throws<TraceFormatException>(() => reader.ReadScripts().Count()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_may_end_as_on_any_system_and_the_last_without_an_end()
    {
        const string Script = """{"id":"x","ops":[],"res":[]}""";
        TraceReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes($"{Header}\r\n{Script}\r\n{Script}")), "t.jsonl");
        Assert.Equal(2, reader.ReadScripts().Count());
    }

    private static TraceScript Read(string line)
    {
        string text = $"{Header}\n{line.ReplaceLineEndings(string.Empty)}\n";
        return Assert.Single(new TraceReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.jsonl").ReadScripts());
    }
}
