using System.IO.Compression;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Tests.Scenarios;

/// <summary>A small valid scenario that tests change in one place.</summary>
internal static class ScenarioText
{
    /// <summary>One host, two devices, every kind of section.</summary>
    public const string Valid = """
        name: small
        seed: 42
        hosts:
          - name: host0
            cpu:
              name: cpu0
              ram: 1GiB
              guest_ram: 256MiB
            devices:
              - name: gpu0
                memory: 32MiB
                preset: gtx1080ti
              - name: gpu1
                memory: 64MiB
                fault_buffer: 512
        switches:
          - name: pcie0
        links:
          - { between: [cpu0, pcie0], preset: pcie3_x16 }
          - { between: [pcie0, gpu0], preset: pcie3_x16 }
          - { between: [pcie0, gpu1], latency: 600ns, bandwidth: 12GB/s }
        buffers:
          - { name: field, size: 40MiB, home: cpu0 }
          - { name: table, size: 16MiB, home: cpu0, access: read_only }
        streams:
          - { name: sweep, processor: gpu0, pattern: sequential, buffer: field, access: update, passes: 3, warps: 64 }
          - { name: look, processor: gpu1, pattern: random, buffer: table, accesses: 1000, fault_action: map }
          - { name: free, processor: cpu0, pattern: unmap, buffer: field, start_after: [sweep], start_at: 10us }

        """;

    /// <summary>The text with one piece replaced; the piece must be there.</summary>
    public static string With(string piece, string replacement)
    {
        Assert.Contains(piece, Valid, StringComparison.Ordinal);
        return Valid.Replace(piece, replacement, StringComparison.Ordinal);
    }

    /// <summary>Loads a text that has no files beside it.</summary>
    public static Scenario Load(string text) => ScenarioLoader.Parse(text, "test.yaml", Path.GetTempPath());

    /// <summary>Copies the scenarios that we ship to a new folder, with a one-line trace in place of each recorded one.</summary>
    public static string CopyShippedScenarios()
    {
        string folder = Directory.CreateTempSubdirectory("hmmsim-scenarios-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "traces"));
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "scenarios"), "*.yaml"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        WriteTrace(Path.Combine(folder, "traces", "sort.lackey.gz"), " L 04000000,8\n");
        return folder;
    }

    /// <summary>Writes a compressed trace.</summary>
    public static void WriteTrace(string path, string lines)
    {
        using GZipStream stream = new(File.Create(path), CompressionLevel.Fastest);
        using StreamWriter writer = new(stream);
        writer.Write(lines);
    }
}
