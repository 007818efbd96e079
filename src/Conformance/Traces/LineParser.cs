using System.Globalization;
using System.Text.Json;
using HmmSim.Conformance.Systems;
using HmmSim.Protocol.Topology;

namespace HmmSim.Conformance.Traces;

/// <summary>Reads one line of a trace file.</summary>
internal static class LineParser
{
    private const string ScriptMeaning = "a script: {\"id\":NAME,\"ops\":[...],\"res\":[...]}";
    private const string HeaderMeaning = "the first line of a trace file: {\"meta\":1,...}";

    private static readonly string[] Members = ["id", "ops", "res", "nd_smp"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The first line.</summary>
    /// <exception cref="TraceFormatException">It does not have the format.</exception>
    public static TraceHeader ParseHeader(string file, long line, ReadOnlyMemory<byte> text) =>
        Guarded(new FieldReader(file, line), text, HeaderMeaning, ParseHeader);

    /// <summary>A script.</summary>
    /// <exception cref="TraceFormatException">It does not have the format.</exception>
    public static TraceScript ParseScript(string file, long line, ReadOnlyMemory<byte> text) =>
        Guarded(new FieldReader(file, line), text, ScriptMeaning, (reader, json) => ParseScript(reader, json, line));

    private static TraceHeader ParseHeader(FieldReader reader, ReadOnlyMemory<byte> text)
    {
        using JsonDocument document = Parse(reader, text, HeaderMeaning);
        JsonElement root = document.RootElement;
        reader.RequireKind(root, string.Empty, JsonValueKind.Object, HeaderMeaning);
        reader.Integer(reader.Member(root, string.Empty, "meta", HeaderMeaning), "meta", 1, 1, "the version of the format");
        if (root.TryGetProperty("page", out JsonElement page))
        {
            reader.Integer(page, "page", 4096, 4096, "the page size in bytes");
        }

        string kernel = root.TryGetProperty("kernel", out JsonElement version)
            ? reader.Text(version, "kernel", "the version of the kernel") : string.Empty;
        return new TraceHeader(DevicesOf(reader, root), kernel);
    }

    private static TraceScript ParseScript(FieldReader reader, ReadOnlyMemory<byte> text, long line)
    {
        using JsonDocument document = Parse(reader, text, ScriptMeaning);
        JsonElement root = document.RootElement;
        reader.RequireKind(root, string.Empty, JsonValueKind.Object, ScriptMeaning);
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!Members.Contains(member.Name))
            {
                throw reader.Error(member.Name, "is no field of a script",
                    $"one of {string.Join(", ", Members)}{Spelling.Suggest(member.Name, Members)}");
            }
        }

        string id = reader.Text(reader.Member(root, string.Empty, "id", "the name of the script"), "id",
            "the name of the script");
        if (id.Length == 0 || id.Any(char.IsControl))
        {
            throw reader.Error("id", "is no name", "a text without control characters");
        }

        List<TraceStep> steps = Steps(reader, root);
        int? unstableFrom = root.TryGetProperty("nd_smp", out JsonElement index)
            ? (int)reader.Integer(index, "nd_smp", 0, steps.Count, "the index of an operation")
            : null;
        return new TraceScript { Id = id, Line = line, Steps = steps, UnstableFrom = unstableFrom };
    }

    private static List<TraceStep> Steps(FieldReader reader, JsonElement root)
    {
        JsonElement operations = reader.Member(root, string.Empty, "ops", "the list of operations");
        JsonElement results = reader.Member(root, string.Empty, "res", "the list of answers, one for each operation");
        reader.RequireKind(operations, "ops", JsonValueKind.Array, "the list of operations");
        reader.RequireKind(results, "res", JsonValueKind.Array, "the list of answers, one for each operation");
        int count = operations.GetArrayLength();
        int answers = results.GetArrayLength();
        List<TraceStep> steps = new(Math.Min(count, answers));
        using JsonElement.ArrayEnumerator operation = operations.EnumerateArray().GetEnumerator();
        using JsonElement.ArrayEnumerator result = results.EnumerateArray().GetEnumerator();
        for (int i = 0; operation.MoveNext(); i++)
        {
            (TraceOperation parsed, OperationForm form) = OperationParser.Parse(reader, operation.Current, Indexed("ops", i));
            if (!result.MoveNext())
            {
                throw reader.Error(Indexed("res", i), "is missing", $"as many answers as operations: {count}, not {answers}");
            }

            (TraceResult answer, IReadOnlyList<WindowState> changes) =
                ResultParser.Parse(reader, result.Current, Indexed("res", i), form);
            steps.Add(new TraceStep(parsed, TextOf(operation.Current), answer, changes));
        }

        return answers == count
            ? steps
            : throw reader.Error(Indexed("res", count), "is one too many",
                $"as many answers as operations: {count}, not {answers}");
    }

    private static string TextOf(JsonElement operation) =>
        string.Join(' ', operation.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()
            : item.GetRawText()));

    private static string Indexed(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");

    private static DeviceMemoryKind DevicesOf(FieldReader reader, JsonElement root)
    {
        const string Meaning = "what the devices are: DEVICE_PRIVATE or DEVICE_COHERENT";
        if (!root.TryGetProperty("devices", out JsonElement value))
        {
            return DeviceMemoryKind.Private;
        }

        string text = reader.Text(value, "devices", Meaning);
        bool isPrivate = text.Contains("DEVICE_PRIVATE", StringComparison.Ordinal);
        bool isCoherent = text.Contains("DEVICE_COHERENT", StringComparison.Ordinal);
        return isPrivate == isCoherent
            ? throw reader.Error("devices", FieldReader.Describe(value), Meaning)
            : isCoherent ? DeviceMemoryKind.Coherent : DeviceMemoryKind.Private;
    }

    // A text with half of a surrogate pair is JSON, but cannot be read: the parser finds it wherever it is asked for.
    private static T Guarded<T>(FieldReader reader, ReadOnlyMemory<byte> text, string meaning, Func<FieldReader,
        ReadOnlyMemory<byte>, T> parse)
    {
        try
        {
            return parse(reader, text);
        }
        catch (InvalidOperationException)
        {
            throw reader.Error(string.Empty, "has a text that is no valid Unicode", meaning);
        }
    }

    private static JsonDocument Parse(FieldReader reader, ReadOnlyMemory<byte> text, string meaning)
    {
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (JsonException exception)
        {
            // A field that stands twice is the one mistake that the parser reports without a position.
            throw exception.BytePositionInLine is { } at
                ? reader.Error(string.Create(CultureInfo.InvariantCulture, $"byte {at + 1}"), "is no JSON", meaning)
                : reader.Error(string.Empty, "has a field twice", meaning);
        }
    }
}
