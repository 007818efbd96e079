using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Units;
using HmmSim.Protocol.Policies;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Tests.Scenarios;

/// <summary>What a valid file becomes.</summary>
public sealed class ScenarioLoaderTests
{
    [Fact]
    public void Values_come_from_the_file_then_from_the_preset_then_from_the_default()
    {
        HostSpec host = ScenarioText.Load(ScenarioText.Valid).Hosts[0];
        DeviceSpec gpu0 = host.Devices[0];
        DeviceSpec gpu1 = host.Devices[1];
        Assert.Equal(ByteSize.FromMebibytes(32), gpu0.Memory);
        Assert.Equal(new VirtualDuration(7_200_000), gpu0.BatchOverhead);
        Assert.Equal(4096, gpu0.FaultBufferEntries);
        Assert.Equal(512, gpu1.FaultBufferEntries);
        Assert.Equal(256, gpu1.BatchSize);
        Assert.Equal(ReplayPolicy.BatchFlush, gpu1.ReplayPolicy);
        Assert.Equal(VirtualDuration.FromMicroseconds(4), host.Cpu.TlbShootdown);
    }

    [Fact]
    public void The_preset_of_the_GTX_1080_Ti_adds_up_to_the_measured_14_9_microseconds()
    {
        Scenario scenario = ScenarioText.Load(ScenarioText.Valid);
        DeviceSpec gpu = scenario.Hosts[0].Devices[0];
        VirtualDuration onTheLink = scenario.Links[0].Latency * 4; // request, data, end of the copy, outcome
        Assert.Equal(14_900_000, (gpu.FaultLatency + gpu.BatchOverhead + scenario.Hosts[0].Cpu.TlbShootdown + onTheLink + gpu.ReplayLatency).Picoseconds);
    }

    [Fact]
    public void The_preset_of_the_Titan_V_meets_the_measured_slope_together_with_its_link()
    {
        string text = ScenarioText.With("memory: 32MiB\n        preset: gtx1080ti", "preset: titan_v_sc21");
        DeviceSpec gpu = ScenarioText.Load(text).Hosts[0].Devices[0];
        LinkSpec link = ScenarioText.Load(text).Links.Single(link => link.To == "gpu0");
        Assert.Equal(ByteSize.FromGibibytes(12), gpu.Memory);
        VirtualDuration shootdown = ScenarioText.Load(text).Hosts[0].Cpu.TlbShootdown;
        Assert.Equal(40_000_000, (gpu.FaultLatency + gpu.BatchOverhead + shootdown + (link.Latency * 4) + gpu.ReplayLatency).Picoseconds);
        double microsecondsPerKibibyte = (gpu.PageOverhead.Picoseconds + link.Bandwidth.TimeFor(4096).Picoseconds) / 4.0 / 1e6;
        Assert.InRange(microsecondsPerKibibyte, 0.682, 0.684);
    }

    [Fact]
    public void A_link_between_two_nodes_has_two_directions()
    {
        Scenario scenario = ScenarioText.Load(ScenarioText.With("latency: 600ns, bandwidth: 12GB/s", "preset: c2c, latency: 1us"));
        LinkSpec[] links = [.. scenario.Links.Where(link => link.From == "gpu1" || link.To == "gpu1")];
        Assert.Equal(["pcie0>gpu1 1us 375GB/s", "gpu1>pcie0 1us 297GB/s"], links.Select(Describe));
    }

    [Fact]
    public void A_one_way_link_has_one_direction()
    {
        string both = "between: [pcie0, gpu1], latency: 600ns, bandwidth: 12GB/s }";
        string oneWay = """
            from: pcie0, to: gpu1, one_way: true, latency: 600ns, bandwidth: 12GB/s }
              - { from: gpu1, to: pcie0, one_way: true, latency: 1us, bandwidth: 100Gbit/s }
            """;
        LinkSpec[] links = [.. ScenarioText.Load(ScenarioText.With(both, oneWay)).Links.TakeLast(2)];
        Assert.Equal(["pcie0>gpu1 600ns 12GB/s", "gpu1>pcie0 1us 12.5GB/s"], links.Select(Describe));
    }

    [Fact]
    public void A_trace_is_found_beside_the_file_and_its_home_is_the_CPU_of_its_host()
    {
        string folder = ScenarioText.CopyShippedScenarios();
        try
        {
            Scenario scenario = ScenarioLoader.Load(Path.Combine(folder, "quickstart.yaml"));
            TracePattern trace = Assert.IsType<TracePattern>(scenario.Streams[0].Pattern);
            Assert.Equal("cpu0", trace.Home);
            Assert.Null(trace.Limit);
            Assert.Equal(64, trace.ContentDigest.Length);
            Assert.True(File.Exists(trace.FullPath));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_shipped_scenario_loads_and_its_canonical_text_loads_to_the_same()
    {
        string folder = ScenarioText.CopyShippedScenarios();
        try
        {
            string[] files = Directory.GetFiles(folder, "*.yaml");
            Assert.NotEmpty(files);
            foreach (string file in files)
            {
                string canonical = ScenarioWriter.ToYaml(ScenarioLoader.Load(file));
                Assert.Equal(canonical, ScenarioWriter.ToYaml(ScenarioLoader.Parse(canonical, "canonical", folder)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_quick_start_oversubscribes_its_smaller_device_by_a_quarter()
    {
        string folder = ScenarioText.CopyShippedScenarios();
        try
        {
            Scenario scenario = ScenarioLoader.Load(Path.Combine(folder, "quickstart.yaml"));
            BufferSpec field = scenario.Buffers.Single(buffer => buffer.Name == "field");
            Assert.Equal(scenario.Hosts[0].Devices[0].Memory.Bytes * 5 / 4, field.Size.Bytes);
            Assert.NotEqual(scenario.Hosts[0].Devices[0].Memory, scenario.Hosts[0].Devices[1].Memory);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_pattern_has_a_canonical_form_with_all_its_values()
    {
        string[] streams =
        [
            "{ name: s1, processor: gpu0, pattern: sequential, buffer: a, access: write, passes: 2, accesses_per_page: 32, warps: 8, pages_per_turn: 16 }",
            "{ name: s2, processor: gpu0, pattern: strided, buffer: a, stride: 8, passes: 3, accesses_per_page: 4, fault_action: map }",
            "{ name: s3, processor: cpu0, pattern: random, buffer: b, access: update, accesses: 1000000000000 }",
            "{ name: s4, processor: gpu0, pattern: pointer_chase, buffer: b, steps: 77, time_per_access: 1.5ns }",
            "{ name: s5, processor: gpu0, pattern: stencil, buffers: [a, b], rows: 64, columns: 32, iterations: 9, rows_per_turn: 2 }",
            "{ name: s6, processor: gpu0, pattern: trace, file: t.lackey, limit: 10, home: cpu0 }",
            "{ name: s7, processor: cpu0, pattern: unmap, buffer: b, start_after: [s3, s4, s5], start_at: 1ms }",
        ];
        string text = "name: all\nhosts: [ { name: h, cpu: { name: cpu0, ram: 1GiB }, devices: [ { name: gpu0, memory: 8MiB } ] } ]\n"
            + "links: [ { between: [cpu0, gpu0], preset: nvlink4 } ]\n"
            + "buffers:\n  - { name: a, size: 1MiB, home: cpu0 }\n  - { name: b, size: 1MiB, home: cpu0 }\n"
            + "streams:\n" + string.Concat(streams.Select(stream => $"  - {stream}\n"));
        string folder = Directory.CreateTempSubdirectory("hmmsim-patterns-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "t.lackey"), " L 04000000,8\n");
            string canonical = ScenarioWriter.ToYaml(ScenarioLoader.Parse(text, "all.yaml", folder));
            Assert.Equal(canonical, ScenarioWriter.ToYaml(ScenarioLoader.Parse(canonical, "all.yaml", folder)));
            GoldenFile.Verify("tests/Nodes.Tests/Golden/scenario-patterns.yaml", canonical);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Describe(LinkSpec link) => $"{link.From}>{link.To} {DurationText.Format(link.Latency)} {link.Bandwidth}";
}
