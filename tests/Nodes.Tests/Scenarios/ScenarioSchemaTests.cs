using System.Text.Json;
using HmmSim.Nodes.Scenarios;
using HmmSim.Nodes.Scenarios.Schema;

namespace HmmSim.Nodes.Tests.Scenarios;

/// <summary>The table of keys and what is made from it.</summary>
public sealed class ScenarioSchemaTests
{
    [Fact]
    public void The_published_schema_is_the_one_the_table_gives() =>
        GoldenFile.Verify("docs/scenario.schema.json", JsonSchemaWriter.Write());

    [Fact]
    public void The_reference_page_is_the_one_the_table_gives() => GoldenFile.Verify("docs/SCENARIOS.md", ReferencePageWriter.Write());

    [Fact]
    public void The_published_schema_is_JSON_with_a_definition_for_every_section()
    {
        using JsonDocument schema = JsonDocument.Parse(JsonSchemaWriter.Write());
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        Assert.All(ScenarioSchema.AllSections.Skip(1), section => Assert.True(definitions.TryGetProperty(section.Name, out _), section.Name));
    }

    [Fact]
    public void Every_default_has_a_source_and_every_key_a_meaning()
    {
        foreach (KeySpec key in ScenarioSchema.AllSections.SelectMany(section => section.Keys))
        {
            Assert.False(string.IsNullOrWhiteSpace(key.Meaning), key.Name);
            Assert.True(key.Default is null or "" || !string.IsNullOrWhiteSpace(key.Source), $"the default of {key.Name} has no source");
        }
    }

    public static TheoryData<string> DevicePresetNames => [.. DevicePresets.All.Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(DevicePresetNames))]
    public void Every_device_preset_loads(string preset) =>
        Assert.Equal(2, ScenarioText.Load(ScenarioText.With("preset: gtx1080ti", "preset: " + preset)).Hosts[0].Devices.Length);

    public static TheoryData<string> LinkPresetNames => [.. LinkPresets.All.Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(LinkPresetNames))]
    public void Every_link_preset_loads_with_latency_rate_and_sources(string name)
    {
        Scenario scenario = ScenarioText.Load(ScenarioText.With("latency: 600ns, bandwidth: 12GB/s", "preset: " + name));
        Assert.All(scenario.Links, link => Assert.True(link.Latency.Picoseconds > 0 && link.Bandwidth.BytesPerSecond > 0));
        Assert.All(LinkPresets.All.Single(preset => preset.Name == name).Values, value => Assert.NotEmpty(value.Source));
    }

    [Fact]
    public void Presets_set_only_keys_that_exist()
    {
        foreach (SectionSpec section in ScenarioSchema.AllSections)
        {
            Assert.All(section.Presets.SelectMany(preset => preset.Values), value => Assert.Contains(section.Keys, key => key.Name == value.Key));
        }
    }
}
