using System.Diagnostics;
using System.Text.Json;

namespace HmmSim.Cli.Tests;

/// <summary>The same scenario, run by two processes: everything but speed and provenance is equal, byte for byte.</summary>
public sealed class TwoProcessTests : IDisposable
{
    private const string Scenario = """
        name: twice
        seed: 3
        hosts:
          - name: host0
            cpu: { name: cpu0, ram: 128MiB, guest_ram: 8MiB }
            devices:
              - { name: gpu0, memory: 4MiB, preset: gtx1080ti }
              - { name: gpu1, memory: 4MiB, preset: gtx1080ti }
          - name: host1
            cpu: { name: cpu1, ram: 128MiB, guest_ram: 8MiB }
        links:
          - { between: [cpu0, gpu0], preset: pcie3_x16 }
          - { between: [cpu0, gpu1], preset: pcie3_x16 }
          - { between: [cpu0, cpu1], preset: rdma_100g }
        buffers:
          - { name: field, size: 5MiB, home: cpu0 }
          - { name: shared, size: 1MiB, home: cpu1 }
        streams:
          - { name: sweep, processor: gpu0, pattern: sequential, buffer: field, access: update, passes: 2, warps: 16 }
          - { name: look, processor: gpu1, pattern: random, buffer: shared, access: update, accesses: 2000, warps: 16 }
          - { name: chase, processor: cpu0, pattern: pointer_chase, buffer: shared, access: update, steps: 300 }
          - { name: result, processor: cpu1, pattern: sequential, buffer: field, access: read, start_after: [sweep] }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hmmsim-twice-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_processes_write_the_same_result_on_any_number_of_lanes()
    {
        string file = Path.Combine(_folder, "twice.yaml");
        await File.WriteAllTextAsync(file, Scenario);
        Dictionary<string, string> first = await ResultOfAsync(file, "first", "--lanes", "1");
        Dictionary<string, string> second = await ResultOfAsync(file, "second", "--lanes", "3");
        Assert.Contains("traceHash", first.Keys);
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first.Keys.Except(["performance", "provenance"]), key => Assert.Equal(first[key], second[key]));

        Dictionary<string, string> other = await ResultOfAsync(file, "other", "--seed", "4");
        Assert.NotEqual(first["traceHash"], other["traceHash"]);
    }

    private async Task<Dictionary<string, string>> ResultOfAsync(string file, string output, params string[] options)
    {
        string folder = Path.Combine(_folder, output);
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "hmmsim.dll"), "run", file, "--output", folder, .. options])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> text = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{await text}\n{errors}");
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "result.json")));
        return result.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetRawText());
    }
}
