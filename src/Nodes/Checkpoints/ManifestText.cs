using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using HmmSim.Protocol.Time;

namespace HmmSim.Nodes.Checkpoints;

/// <summary>A manifest as JSON. Its last field is a digest of all others, so that a changed or broken one is noticed.</summary>
internal static class ManifestText
{
    private const string FormatField = "format";
    private const string CheckField = "check";
    private const string Damaged = "the checkpoint is damaged: go on from another one, or begin anew without --resume";
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text.</summary>
    public static byte[] Write(CheckpointManifest manifest) => Write(manifest, CheckOf(manifest));

    /// <summary>Reads a text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="CheckpointException">It is no manifest, or one of another format.</exception>
    public static CheckpointManifest Read(ReadOnlyMemory<byte> text, string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            int format = Field(root, FormatField, file).GetInt32();
            if (format != CheckpointManifest.CurrentFormat)
            {
                throw new CheckpointException(
                    file,
                    FormatField,
                    $"{format}",
                    $"{CheckpointManifest.CurrentFormat}",
                    "go on with the version of hmmsim that wrote it, or begin anew without --resume");
            }

            CheckpointManifest manifest = Read(root, file);
            string check = Field(root, CheckField, file).GetString() ?? "";
            return check == CheckOf(manifest) ? manifest : throw new CheckpointException(file, CheckField, $"'{check}'", CheckOf(manifest), Damaged);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new CheckpointException(file, "the text", $"no manifest ({exception.Message})", "JSON of a complete checkpoint", Damaged);
        }
    }

    private static CheckpointManifest Read(JsonElement root, string file) => new()
    {
        Identity = new CheckpointIdentity(Text(root, "program", file), Field(root, "seed", file).GetUInt64(), Text(root, "scenarioDigest", file)),
        ScenarioName = Text(root, "scenario", file),
        Number = Field(root, "number", file).GetInt64(),
        VirtualTime = new VirtualTime(Field(root, "virtualTimePicoseconds", file).GetInt64()),
        LastStep = new VirtualTime(Field(root, "lastStepPicoseconds", file).GetInt64()),
        Parts =
        [
            .. Field(root, "parts", file).EnumerateArray().Select(part => new CheckpointPart(
                Text(part, "name", file),
                Field(part, "bytes", file).GetInt64(),
                Text(part, "sha256", file),
                NodeRanges.Parse(Text(part, "nodes", file)))),
        ],
        ScenarioText = Text(root, "scenarioText", file),
    };

    private static JsonElement Field(JsonElement parent, string name, string file) => parent.TryGetProperty(name, out JsonElement field)
        ? field
        : throw new CheckpointException(file, name, "missing", "a value", Damaged);

    private static string Text(JsonElement parent, string name, string file) => Field(parent, name, file).GetString() ?? "";

    private static string CheckOf(CheckpointManifest manifest) => Convert.ToHexStringLower(SHA256.HashData(Write(manifest, check: null)));

    private static byte[] Write(CheckpointManifest manifest, string? check)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, Indented);
        json.WriteStartObject();
        json.WriteNumber(FormatField, CheckpointManifest.CurrentFormat);
        json.WriteString("program", manifest.Identity.Program);
        json.WriteString("scenario", manifest.ScenarioName);
        json.WriteNumber("seed", manifest.Identity.Seed);
        json.WriteString("scenarioDigest", manifest.Identity.ScenarioDigest);
        json.WriteNumber("number", manifest.Number);
        json.WriteNumber("virtualTimePicoseconds", manifest.VirtualTime.Picoseconds);
        json.WriteNumber("lastStepPicoseconds", manifest.LastStep.Picoseconds);
        json.WriteStartArray("parts");
        foreach (CheckpointPart part in manifest.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            json.WriteNumber("bytes", part.Bytes);
            json.WriteString("sha256", part.Digest);
            json.WriteString("nodes", NodeRanges.Format(part.Nodes));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("scenarioText", manifest.ScenarioText);
        if (check is not null)
        {
            json.WriteString(CheckField, check);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
