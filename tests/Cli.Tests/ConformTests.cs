using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Addresses;
using HmmSim.Protocol.Calls;
using HmmSim.Protocol.Files;

namespace HmmSim.Cli.Tests;

/// <summary><c>hmmsim conform</c> in this process: exit codes, messages, tables.</summary>
public sealed class ConformTests : IDisposable
{
    private const string Header = """{"meta":1,"kernel":"6.12.117","devices":"DEVICE_COHERENT"}""";
    private const string Good = """{"id":"good","ops":[["exit",1],["open",0,0]],"res":[{"skip":1},{"e":0}]}""";
    private const string Wrong = """{"id":"wrong","ops":[["cw",0,0,0,7],["kw",0,0,0,7]],"res":[{"e":0},{"e":14}]}""";
    private const string Unstable = """{"id":"unstable","ops":[["cw",0,0,0,7],["kw",0,0,0,7]],"res":[{"e":0},{"e":14}],"nd_smp":1}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-conform-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly CancellationTokenSource _stop = new();

    private string File_ => Path.Combine(_folder, "t.jsonl");

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task No_mismatch_returns_0_and_a_summary_of_at_most_100_columns()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync([Header, Good, Unstable]));
        string[] lines = [.. _output.ToString().Split('\n').Select(line => line.TrimEnd())];
        Assert.Equal("Conformance: 2 scripts, no mismatch.", lines.Last(line => line.Length > 0));
        Assert.All(lines.Where(line => !line.Contains(_folder, StringComparison.Ordinal)), line => Assert.True(line.Length <= 100, line));
        Contains("Linux 6.12.117, devices coherent");
        Contains(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(File_))));
        Contains("4, of these from nd_smp on 1");
        Contains("0, and from nd_smp on 1");
        Contains(ProgramVersion.Current.Version);
    }

    [Fact]
    public async Task A_mismatch_returns_1_with_a_listing_and_ends_the_run()
    {
        Assert.Equal(ExitCode.CheckFailed, await RunAsync([Header, Good, Wrong, Good]));
        Contains("script wrong (line 3): operation 1 of 0 to 1 differs in e");
        Contains("Conformance: 1 of 2 scripts FAILED. Stopped there; --keep-going goes on.");
        Contains("kw");
    }

    [Fact]
    public async Task Keep_going_counts_all_and_lists_the_first_20()
    {
        Assert.Equal(ExitCode.CheckFailed, await RunAsync([Header, .. Enumerable.Repeat(Wrong, 25)], "--keep-going"));
        Contains("Conformance: 25 of 25 scripts FAILED.");
        Assert.Equal(20, _output.ToString().Split("differs in e").Length - 1);
        Contains("Further scripts that do not pass are counted, not listed; '--only wrong' shows the next one.");
    }

    [Fact]
    public async Task Only_replays_the_script_with_that_id()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync([Header, Wrong, Good], "--only", "good"));
        Contains("Conformance: 1 scripts, no mismatch.");
        Assert.Equal(ExitCode.BadInput, await RunAsync([Header, Wrong, Good], "--only", "god"));
        Assert.Contains("no file has the script 'god'", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_file_has_the_digest_of_its_text()
    {
        byte[] text = Encoding.UTF8.GetBytes($"{Header}\n{Good}\n");
        string path = Path.Combine(_folder, "t.jsonl.gz");
        await using (GZipStream stream = new(File.Create(path), CompressionLevel.Fastest))
        {
            await stream.WriteAsync(text);
        }

        Assert.Equal(ExitCode.Ok, await StartAsync(new AgreeableSystem(), path));
        Contains(Convert.ToHexStringLower(SHA256.HashData(text)));
        await File.WriteAllTextAsync(path, "no gzip");
        Assert.Equal(ExitCode.BadInput, await StartAsync(new AgreeableSystem(), path));
        Assert.Contains("the file is damaged (expected a whole gzip file", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_returns_2_and_names_file_line_and_field()
    {
        Assert.Equal(ExitCode.BadInput, await RunAsync([Header, Good, """{"id":"x","ops":[["exti",0]],"res":[{"e":0}]}"""]));
        Assert.StartsWith($"{File_}:3: ops[0][0]: is \"exti\" (expected an operation:", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("did you mean 'exit'?", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_returns_2()
    {
        Assert.Equal(ExitCode.BadInput, await StartAsync(new AgreeableSystem(), "no-such.jsonl"));
        Assert.StartsWith("no-such.jsonl:1: the file does not exist (expected a trace file such as ", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, await StartAsync(new AgreeableSystem()));
    }

    [Fact]
    public async Task The_file_of_the_message_is_in_the_repository() =>
        Assert.True(File.Exists(Path.Combine(Repository.Root, await MentionedAsync())));

    [Fact]
    public async Task A_stop_returns_130()
    {
        await File.WriteAllLinesAsync(File_, [Header, Good, Good]);
        int code = await StartAsync(new AgreeableSystem { Before = _stop.Cancel }, File_);
        Assert.Equal(ExitCode.Cancelled, code);
        Assert.Contains("hmmsim: stopped", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_shows_examples_and_exit_codes()
    {
        Assert.Equal(ExitCode.Ok, await StartAsync(new AgreeableSystem(), "--help"));
        Contains("--only dir-fork-three");
        Contains("Exit codes: 0 no mismatch, 1 mismatches, 2 bad input");
    }

    private async Task<string> MentionedAsync()
    {
        await StartAsync(new AgreeableSystem(), "no-such.jsonl");
        return _error.ToString().Split("such as ")[1].Split(')')[0];
    }

    private void Contains(string text) => Assert.Contains(text, _output.ToString(), StringComparison.Ordinal);

    private async Task<int> RunAsync(string[] lines, params string[] options)
    {
        await File.WriteAllLinesAsync(File_, lines);
        return await StartAsync(new AgreeableSystem(), [File_, .. options]);
    }

    private Task<int> StartAsync(ICallSystem system, params string[] arguments) => HmmSimCommand.RunAsync(
        ["conform", .. arguments], () => new CannedSimulator(), _output, _error, _ => system, _stop.Token);

    /// <summary>A double that agrees to everything and remembers nothing.</summary>
    private sealed class AgreeableSystem : ICallSystem
    {
        public Action Before { get; init; } = () => { };

        public void MakeFile(FileId file, IReadOnlyList<ulong> pageValues)
        {
        }

        public CallResult Perform(int device, Call call)
        {
            Before();
            return CallResult.Success;
        }

        public PageObservation Observe(AddressSpaceId space, VirtualPageNumber page) => PageObservation.Nothing;

        public byte Permission(int device, uint mirror, AddressSpaceId space, VirtualPageNumber page) => 0;
    }
}
