using System.Text;
using HmmSim.Nodes.Scenarios.Loading;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>Makes the reference page of the scenario file from the table of keys.</summary>
public static class ReferencePageWriter
{
    private const string Introduction = """
        # Scenario files

        Made from the table of keys in `src/Nodes/Scenarios/Schema`; do not edit. `docs/scenario.schema.json` says the same to editors.

        A scenario is one YAML document. Numbers with a unit are written together: times `45us` (ps, ns, us, ms, s), sizes `64MiB`
        (B, KiB, MiB, GiB, TiB, and kB, MB, GB, TB in powers of 1000), rates `12GB/s` (a size unit per second, or Mbit/s, Gbit/s). They are
        read exactly: the result must be a whole number of picoseconds, bytes, or bytes per second. Names begin with a letter and have
        letters, digits, `_`, `-` and `.`. Anchors, aliases and tags are refused. What is wrong is told all at once, each with line
        and column. Values come from the file, else from the preset, else from the default.

        """;

    /// <summary>The page as Markdown.</summary>
    public static string Write()
    {
        StringBuilder page = new(Introduction.ReplaceLineEndings("\n"));
        foreach (SectionSpec section in ScenarioSchema.AllSections)
        {
            WriteSection(page, section);
        }

        return page.ToString();
    }

    private static void WriteSection(StringBuilder page, SectionSpec section)
    {
        page.Append($"\n## {section.Name}\n\n{section.Meaning}\n\n");
        page.Append("| key | value | default | meaning |\n|---|---|---|---|\n");
        foreach (KeySpec key in section.Keys)
        {
            string patterns = key.Patterns.IsEmpty ? "" : $" *({string.Join(", ", key.Patterns)})*";
            page.Append($"| `{key.Name}` | {Values(key)} | {Default(section, key)} | {key.Meaning}{patterns} |\n");
        }

        foreach (KeyAlternatives alternatives in section.Alternatives)
        {
            page.Append($"\nNeeds {alternatives.Describe()}.\n");
        }

        WriteSources(page, section);
        foreach (Preset preset in section.Presets)
        {
            page.Append($"\n### preset `{preset.Name}`\n\n{preset.Meaning}\n\n| key | value | source |\n|---|---|---|\n");
            foreach (PresetValue value in preset.Values)
            {
                page.Append($"| `{value.Key}` | {value.Text} | {value.Source} |\n");
            }
        }
    }

    private static void WriteSources(StringBuilder page, SectionSpec section)
    {
        KeySpec[] sourced = [.. section.Keys.Where(key => key.Source is not null)];
        if (sourced.Length > 0)
        {
            page.Append("\nWhy these defaults:\n\n");
        }

        foreach (KeySpec key in sourced)
        {
            page.Append($"- `{key.Name}`: {key.Source}\n");
        }
    }

    private static string Values(KeySpec key)
    {
        string values = key.Kind switch
        {
            ValueKind.Sections => $"list of [{key.Section!.Name}](#{key.Section.Name})",
            ValueKind.Section => $"[{key.Section!.Name}](#{key.Section.Name})",
            ValueKind.Choice => string.Join(", ", key.Choices.Select(choice => $"`{choice}`")),
            ValueKind.Name => "name",
            ValueKind.Size or ValueKind.Duration or ValueKind.Bandwidth when key.Choices.IsEmpty => Range(key),
            _ => ScalarReader.Expected(key),
        };
        return key.MultipleOf is { } unit ? $"{values}, multiple of {ScalarReader.Bound(key, unit)}" : values;
    }

    private static string Range(KeySpec key)
    {
        string kind = key.Kind switch { ValueKind.Size => "size", ValueKind.Duration => "time", _ => "rate" };
        return $"{kind}, {ScalarReader.Bound(key, key.Minimum ?? 0)} to {ScalarReader.Bound(key, key.Maximum ?? long.MaxValue)}";
    }

    private static string Default(SectionSpec section, KeySpec key) => key switch
    {
        { Required: true } when section.MayComeFromPreset(key) => "*required*, or a preset",
        { Required: true } => "*required*",
        { Default: null or "" } => "-",
        _ => $"`{key.Default}`",
    };
}
