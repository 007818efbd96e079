using System.Globalization;
using HmmSim.Nodes.Scenarios;

namespace HmmSim.Nodes.Tests.Scenarios;

/// <summary>What makes two scenarios the same.</summary>
public sealed class ScenarioDigestTests
{
    private static readonly ScenarioDigest Original = ScenarioDigest.Of(ScenarioText.Load(ScenarioText.Valid));

    [Fact]
    public void The_digest_is_the_same_on_every_machine() =>
        GoldenFile.Verify("tests/Nodes.Tests/Golden/scenario-digest.txt", Original + "\n" + ScenarioWriter.ToYaml(ScenarioText.Load(ScenarioText.Valid)));

    [Fact]
    public void Comments_layout_and_the_order_of_keys_do_not_change_it()
    {
        string moved = ScenarioText.With("name: small\nseed: 42\n", "# a comment\nseed: 42\n\n\nname: \"small\"\n")
            .Replace("{ name: field, size: 40MiB, home: cpu0 }", "{ home: cpu0, size: 40960KiB, name: field }   # here", StringComparison.Ordinal);
        Assert.Equal(Original, ScenarioDigest.Of(ScenarioText.Load(moved)));
    }

    [Fact]
    public void Writing_a_default_or_the_values_of_a_preset_out_does_not_change_it()
    {
        string written = ScenarioText.With("guest_ram: 256MiB", "guest_ram: 256MiB\n      tlb_shootdown: 4us")
            .Replace("preset: gtx1080ti", "preset: gtx1080ti\n        batch_overhead: 7200ns", StringComparison.Ordinal);
        Assert.Equal(Original, ScenarioDigest.Of(ScenarioText.Load(written)));
    }

    [Theory]
    [InlineData("name: small", "name: smaller")]
    [InlineData("seed: 42", "seed: 43")]
    [InlineData("seed: 42", "seed: 42\ntrack_values: true")]
    [InlineData("guest_ram: 256MiB", "guest_ram: 128MiB")]
    [InlineData("fault_buffer: 512", "fault_buffer: 511")]
    [InlineData("fault_buffer: 512", "fault_buffer: 512\n        peer_copy: through_ram")]
    [InlineData("latency: 600ns", "latency: 601ns")]
    [InlineData("size: 40MiB", "size: 41MiB")]
    [InlineData("passes: 3", "passes: 4")]
    [InlineData("accesses: 1000", "accesses: 1001")]
    [InlineData("fault_action: map", "fault_action: migrate")]
    [InlineData("start_at: 10us", "start_at: 11us")]
    public void A_changed_value_changes_it(string piece, string replacement) =>
        Assert.NotEqual(Original, ScenarioDigest.Of(ScenarioText.Load(ScenarioText.With(piece, replacement))));

    [Fact]
    public void A_changed_trace_changes_it()
    {
        string folder = ScenarioText.CopyShippedScenarios();
        try
        {
            string file = Path.Combine(folder, "quickstart.yaml");
            ScenarioDigest before = ScenarioDigest.Of(ScenarioLoader.Load(file));
            Assert.Equal(before, ScenarioDigest.Of(ScenarioLoader.Load(file)));
            ScenarioText.WriteTrace(Path.Combine(folder, "traces", "sort.lackey.gz"), " S 04000000,8\n");
            Assert.NotEqual(before, ScenarioDigest.Of(ScenarioLoader.Load(file)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_value_of_the_model_is_in_the_canonical_text()
    {
        // A property that the writer forgot would let two different scenarios share a digest.
        string text = ScenarioWriter.ToYaml(ScenarioText.Load(ScenarioText.Valid));
        Type[] types = [typeof(Scenario), typeof(HostSpec), typeof(CpuSpec), typeof(DeviceSpec), typeof(LinkSpec), typeof(BufferSpec)];
        string[] keys = [.. text.Split('\n').Select(line => line.TrimStart(' ', '-').Split(':')[0].Replace("_", "", StringComparison.Ordinal))];
        foreach (string property in types.SelectMany(type => type.GetProperties()).Select(property => property.Name))
        {
            string key = property.Replace("Entries", "", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture);
            Assert.Contains(key, keys);
        }
    }
}
