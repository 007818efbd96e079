using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HmmSim.Nodes.Scenarios.Schema;

/// <summary>Makes the published JSON schema (draft 2020-12) from the table of keys, for editors that complete and check YAML.</summary>
public static class JsonSchemaWriter
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>The schema as text.</summary>
    public static string Write()
    {
        JsonObject definitions = [];
        foreach (SectionSpec section in ScenarioSchema.AllSections.Where(section => section != ScenarioSchema.Root))
        {
            definitions[section.Name] = Section(section);
        }

        JsonObject root = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "HmmSim scenario",
        };
        foreach ((string key, JsonNode? value) in Section(ScenarioSchema.Root).ToArray())
        {
            root[key] = value?.DeepClone();
        }

        root["$defs"] = definitions;
        return root.ToJsonString(Options) + "\n";
    }

    private static JsonObject Section(SectionSpec section)
    {
        JsonObject properties = [];
        foreach (KeySpec key in section.Keys)
        {
            properties[key.Name] = Value(key);
        }

        JsonObject schema = new()
        {
            ["description"] = section.Meaning,
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = Strings(section.Keys.Where(key => key.Required && key.Patterns.IsEmpty && !section.MayComeFromPreset(key)).Select(key => key.Name)),
            ["properties"] = properties,
        };
        JsonArray conditions = [.. section.Alternatives.Select(Alternatives), .. PresetConditions(section), .. PatternConditions(section)];
        if (conditions.Count > 0)
        {
            schema["allOf"] = conditions;
        }

        return schema;
    }

    private static JsonObject Value(KeySpec key)
    {
        JsonObject schema = key.Kind switch
        {
            ValueKind.Text => new() { ["type"] = "string" },
            ValueKind.File => new() { ["type"] = "string", ["minLength"] = 1 },
            ValueKind.Name or ValueKind.Reference => NamePattern(),
            ValueKind.References => List(key, NamePattern()),
            ValueKind.Boolean => new() { ["type"] = "boolean" },
            ValueKind.Choice => new() { ["enum"] = Strings(key.Choices) },
            ValueKind.Seed => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = ulong.MaxValue },
            ValueKind.Integer => new() { ["type"] = "integer", ["minimum"] = key.Minimum, ["maximum"] = key.Maximum },
            ValueKind.Size => key.Choices.IsEmpty ? Quantity("(B|[KMGT]iB|[kMGT]B)") : new() { ["enum"] = Strings(key.Choices) },
            ValueKind.Duration => Quantity("([pnu\u00b5\u03bcm]?s)"),
            ValueKind.Bandwidth => Quantity("((B|[KMGT]iB|[kMGT]B)/s|[MG]bit/s)"),
            ValueKind.Section => new() { ["$ref"] = "#/$defs/" + key.Section!.Name },
            ValueKind.Sections => List(key, new() { ["$ref"] = "#/$defs/" + key.Section!.Name }),
        };
        schema["description"] = key.Default is null or "" ? key.Meaning : $"{key.Meaning} (default {key.Default})";
        return schema;
    }

    private static JsonObject NamePattern() => new() { ["type"] = "string", ["pattern"] = "^[A-Za-z][A-Za-z0-9_.-]{0,63}$" };

    private static JsonObject Quantity(string units) => new() { ["type"] = "string", ["pattern"] = $"^\\s*[0-9]+(\\.[0-9]+)?\\s*{units}\\s*$" };

    private static JsonObject List(KeySpec key, JsonObject items) =>
        new() { ["type"] = "array", ["minItems"] = key.Minimum, ["maxItems"] = key.Maximum, ["items"] = items };

    private static JsonObject Alternatives(KeyAlternatives alternatives)
    {
        JsonArray groups = [.. alternatives.Groups.Select(group => new JsonObject { ["required"] = Strings(group) })];
        return new JsonObject { [alternatives.Exclusive ? "oneOf" : "anyOf"] = groups };
    }

    private static IEnumerable<JsonObject> PresetConditions(SectionSpec section) =>
        section.Keys.Where(key => key.Required && section.MayComeFromPreset(key))
            .Select(key => new JsonObject { ["anyOf"] = new JsonArray(Requires("preset"), Requires(key.Name)) });

    private static IEnumerable<JsonObject> PatternConditions(SectionSpec section)
    {
        IEnumerable<string> patterns = section.Keys.SelectMany(key => key.Patterns).Distinct();
        foreach (string pattern in patterns)
        {
            ImmutableArray<KeySpec> others = [.. section.Keys.Where(key => !key.Patterns.IsEmpty && !key.Patterns.Contains(pattern))];
            JsonObject forbidden = [];
            foreach (KeySpec other in others)
            {
                forbidden[other.Name] = false;
            }

            yield return new JsonObject
            {
                ["if"] = new JsonObject
                {
                    ["properties"] = new JsonObject { ["pattern"] = new JsonObject { ["const"] = pattern } },
                    ["required"] = Strings(["pattern"]),
                },
                ["then"] = new JsonObject
                {
                    ["required"] = Strings(section.Keys.Where(key => key.Required && key.Patterns.Contains(pattern)).Select(key => key.Name)),
                    ["properties"] = forbidden,
                },
            };
        }
    }

    private static JsonObject Requires(string key) => new() { ["required"] = Strings([key]) };

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];
}
