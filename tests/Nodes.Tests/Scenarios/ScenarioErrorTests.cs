using System.Text;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Tests.Scenarios;

/// <summary>The exact message of every way to get a scenario wrong, kept as a golden file.</summary>
public sealed class ScenarioErrorTests
{
    private static readonly (string Name, string Text)[] Cases =
    [
        ("empty file", ""),
        ("not a mapping", "- a\n- b\n"),
        ("syntax", "name: small\nhosts: [\n"),
        ("tab", "name: small\n\thosts: 1\n"),
        ("second document", ScenarioText.Valid + "---\nname: other\n"),
        ("anchor and alias", ScenarioText.With("name: small", "name: &n small").Replace("processor: gpu0", "processor: *n", StringComparison.Ordinal)),
        ("tag", ScenarioText.With("name: small", "name: !!str small")),
        ("duplicate key", ScenarioText.With("seed: 42", "seed: 42\nseed: 43")),
        ("unknown key", ScenarioText.With("ram: 1GiB", "ram: 1GiB\n      tlb_shotdown: 4us")),
        ("unknown key without a guess", ScenarioText.With("switches:", "zzz: 1\nswitches:")),
        ("key of another pattern", ScenarioText.With("passes: 3", "stride: 3")),
        ("missing required keys", ScenarioText.With("      ram: 1GiB\n", "").Replace(", size: 40MiB", "", StringComparison.Ordinal)),
        ("missing sections", "name: x\n"),
        ("empty list of hosts", "name: x\nhosts: []\nstreams: []\n"),
        ("value left out", ScenarioText.With("ram: 1GiB", "ram:")),
        ("list for a value", ScenarioText.With("seed: 42", "seed: [42]")),
        ("text for a section", ScenarioText.With("- name: pcie0", "- pcie0")),
        ("mapping for a list", ScenarioText.With("switches:\n  - name: pcie0", "switches:\n  name: pcie0")),
        ("size without unit", ScenarioText.With("ram: 1GiB", "ram: 1000000")),
        ("wrong unit", ScenarioText.With("ram: 1GiB", "ram: 1GHz")),
        ("misspelt unit", ScenarioText.With("ram: 1GiB", "ram: 1Gib")),
        ("negative size", ScenarioText.With("ram: 1GiB", "ram: -1GiB")),
        ("size too large", ScenarioText.With("ram: 1GiB", "ram: 99999999999TiB")),
        ("fraction of a byte", ScenarioText.With("ram: 1GiB", "ram: 1.5B")),
        ("not whole pages", ScenarioText.With("ram: 1GiB", "ram: 1000001kB")),
        ("device memory not whole chunks", ScenarioText.With("memory: 32MiB", "memory: 33MiB")),
        ("buffers of another host", ScenarioText.With("switches:", "  - name: host1\n    cpu: { name: cpu1, ram: 1GiB }\nswitches:")
            .Replace("links:\n", "links:\n  - { between: [cpu0, cpu1], preset: rdma_100g }\n", StringComparison.Ordinal)
            .Replace("processor: cpu0, pattern: unmap", "processor: cpu1, pattern: unmap", StringComparison.Ordinal)
            .Replace("streams:\n", "streams:\n  - { name: far, processor: cpu1, pattern: sequential, buffer: table }\n", StringComparison.Ordinal)),
        ("wrong granularity", ScenarioText.With("fault_buffer: 512", "migration_granularity: 8KiB")),
        ("number out of range", ScenarioText.With("fault_buffer: 512", "fault_buffer: 0")),
        ("number in quotes", ScenarioText.With("fault_buffer: 512", "fault_buffer: '512'")),
        ("number with fraction", ScenarioText.With("passes: 3", "passes: 3.5")),
        ("batch larger than the fault buffer", ScenarioText.With("fault_buffer: 512", "fault_buffer: 512\n        batch_size: 513")),
        ("boolean in other words", ScenarioText.With("seed: 42", "track_values: yes")),
        ("negative seed", ScenarioText.With("seed: 42", "seed: -1")),
        ("wrong choice", ScenarioText.With("access: update", "access: updat")),
        ("wrong pattern", ScenarioText.With("pattern: random", "pattern: randm")),
        ("wrong preset", ScenarioText.With("preset: gtx1080ti", "preset: gtx1080")),
        ("bad name", ScenarioText.With("name: small", "name: 'a b'")),
        ("zero fault latency", ScenarioText.With("fault_buffer: 512", "fault_latency: 0ns")),
        ("zero link latency", ScenarioText.With("latency: 600ns", "latency: 0ns")),
        ("zero bandwidth", ScenarioText.With("bandwidth: 12GB/s", "bandwidth: 0GB/s")),
        ("bandwidth in bits by mistake", ScenarioText.With("bandwidth: 12GB/s", "bandwidth: 12Gb/s")),
        ("duplicate processor", ScenarioText.With("name: gpu1", "name: gpu0")),
        ("switch named as a device", ScenarioText.With("- name: pcie0", "- name: pcie0\n  - name: gpu1")),
        ("duplicate buffer", ScenarioText.With("name: table", "name: field")),
        ("duplicate stream", ScenarioText.With("name: look", "name: sweep")),
        ("stream on unknown processor", ScenarioText.With("processor: gpu0", "processor: gpu7")),
        ("stream on a switch", ScenarioText.With("processor: gpu0", "processor: pcie0")),
        ("stream on unknown buffer", ScenarioText.With("buffer: table", "buffer: tabel")),
        ("buffer without home", ScenarioText.With("size: 40MiB, home: cpu0", "size: 40MiB")),
        ("buffer homed at a device", ScenarioText.With("size: 40MiB, home: cpu0", "size: 40MiB, home: gpu0")),
        ("link to unknown node", ScenarioText.With("[pcie0, gpu0]", "[pcie0, gpu00]")),
        ("link with three ends", ScenarioText.With("[pcie0, gpu0]", "[pcie0, gpu0, gpu1]")),
        ("link to itself", ScenarioText.With("[pcie0, gpu0]", "[gpu0, gpu0]")),
        ("link twice", ScenarioText.With("[pcie0, gpu0]", "[cpu0, pcie0]")),
        ("link without rate", ScenarioText.With("latency: 600ns, bandwidth: 12GB/s", "latency: 600ns")),
        ("link with both forms", ScenarioText.With("{ between: [pcie0, gpu0],", "{ between: [pcie0, gpu0], from: cpu0,")),
        ("one-way link in both ways", ScenarioText.With("{ between: [pcie0, gpu0],", "{ from: pcie0, to: gpu0, one_way: false,")),
        ("unreachable device", ScenarioText.With("  - { between: [pcie0, gpu0], preset: pcie3_x16 }\n", "")),
        ("no way back", ScenarioText.With("between: [pcie0, gpu0]", "from: pcie0, to: gpu0, one_way: true")),
        ("device as a hop", ScenarioText.With("[pcie0, gpu1]", "[gpu0, gpu1]")),
        ("buffers larger than the RAM", ScenarioText.With("size: 40MiB", "size: 760MiB")),
        ("guest_ram larger than the RAM", ScenarioText.With("guest_ram: 256MiB", "guest_ram: 2GiB")),
        ("store to a read-only buffer", ScenarioText.With("accesses: 1000", "accesses: 1000, access: write")),
        ("unmap by a device", ScenarioText.With("processor: cpu0, pattern: unmap", "processor: gpu1, pattern: unmap")),
        ("unmap while in use", ScenarioText.With("start_after: [sweep], ", "")),
        ("map on a CPU", ScenarioText.With("processor: gpu1", "processor: cpu0")),
        ("start after an unknown stream", ScenarioText.With("start_after: [sweep]", "start_after: [sweep, swep]")),
        ("start after itself", ScenarioText.With("start_after: [sweep]", "start_after: [sweep, free]")),
        ("cycle", ScenarioText.With("warps: 64", "warps: 64, start_after: [look]")
            .Replace("accesses: 1000", "accesses: 1000, start_after: [free]", StringComparison.Ordinal)),
        ("missing trace", ScenarioText.With("pattern: random, buffer: table, accesses: 1000", "pattern: trace, file: no/such.lackey.gz")),
        ("stencil", ScenarioText.With(
            "pattern: random, buffer: table, accesses: 1000",
            "pattern: stencil, buffers: [table, field], rows: 4096, columns: 4096, iterations: 2")),
        ("stencil on one buffer", ScenarioText.With(
            "pattern: random, buffer: table, accesses: 1000",
            "pattern: stencil, buffers: [field, field], rows: 9, columns: 9")),
        ("several problems at once", ScenarioText.With("seed: 42", "seed: x")
            .Replace("ram: 1GiB", "ramm: 1GiB", StringComparison.Ordinal)
            .Replace("processor: gpu1", "processor: gpu9", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_mistake_has_the_message_of_the_golden_file()
    {
        StringBuilder messages = new();
        foreach ((string name, string text) in Cases)
        {
            ScenarioException exception = Assert.Throws<ScenarioException>(() => ScenarioText.Load(text));
            messages.Append("# ").Append(name).Append('\n').Append(exception.Message).Append("\n\n");
        }

        GoldenFile.Verify("tests/Nodes.Tests/Golden/scenario-errors.txt", messages.ToString());
    }

    [Fact]
    public void Every_message_names_file_line_and_column()
    {
        foreach ((string name, string text) in Cases)
        {
            ScenarioException exception = Assert.Throws<ScenarioException>(() => ScenarioText.Load(text));
            Assert.All(exception.Message.Split('\n'), line => Assert.Matches(@"^test\.yaml:\d+:\d+: \S", line));
            Assert.True(exception.Problems.Length > 0, name);
        }
    }

    [Fact]
    public void Files_that_cannot_be_read_are_refused_with_a_reason()
    {
        string folder = Directory.CreateTempSubdirectory("hmmsim-loader-").FullName;
        try
        {
            string binary = Path.Combine(folder, "binary.yaml");
            File.WriteAllBytes(binary, [0xff, 0xfe, 0x80, 0x81, 0xc3, 0x28]);
            Assert.Contains("does not exist", Refused(Path.Combine(folder, "none.yaml")), StringComparison.Ordinal);
            Assert.Contains("this is a folder", Refused(folder), StringComparison.Ordinal);
            Assert.Contains("binary.yaml:1:1: ", Refused(binary), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Refused(string file) => Assert.Throws<ScenarioException>(() => ScenarioLoader.Load(file)).Message;
}
