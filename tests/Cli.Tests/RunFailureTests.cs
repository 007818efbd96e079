using HmmSim.Nodes.Simulation;

namespace HmmSim.Cli.Tests;

/// <summary>What goes wrong only while a run goes on is still the user's input: exit code 2, one line, nothing written.</summary>
public sealed class RunFailureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hmmsim-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task A_host_with_too_little_ram_for_a_trace()
    {
        int exit = await Run("64KiB", string.Concat(Enumerable.Range(16, 40).Select(page => $" S {page * 4096:x8},8\n")));
        Assert.Equal(2, exit);
        Assert.Contains("cpu0 is out of frames: 1 wanted, 0 free of 16", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("with seed 1", _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "out")));
    }

    [Fact]
    public async Task A_damaged_trace_names_its_line()
    {
        int exit = await Run("64MiB", "I  04001000,3\n L 1ffe000,8\n X 12,3\n");
        Assert.Equal(2, exit);
        Assert.Contains("trace.lackey:3: expected 'I  ADDR,SIZE'", _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "out")));
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private async Task<int> Run(string ram, string trace)
    {
        string scenario = Path.Combine(_folder.FullName, "scenario.yaml");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "trace.lackey"), trace);
        await File.WriteAllTextAsync(scenario, $$"""
            name: failure
            seed: 1
            hosts:
              - name: host0
                cpu: { name: cpu0, ram: {{ram}} }
                devices: [ { name: gpu0, memory: 2MiB, preset: gtx1080ti } ]
            links: [ { between: [cpu0, gpu0], preset: pcie3_x16 } ]
            buffers: [ { name: data, size: 16KiB, home: cpu0 } ]
            streams: [ { name: program, processor: cpu0, pattern: trace, file: trace.lackey } ]
            """);
        return await HmmSimCommand.RunAsync(
            ["run", scenario, "--output", Path.Combine(_folder.FullName, "out")], () => new ActorSimulator(), _output, _error);
    }
}
