using System.Globalization;
using System.Text.Json;

namespace HmmSim.Conformance.Traces;

/// <summary>Reads the answer of one operation: exactly the fields that this operation can have, and each in its form.</summary>
internal static class ResultParser
{
    private const int ErrorAtMost = 4095;
    private const int SignalAtMost = 64;

    private static readonly string[] Fields = ["skip", "e", "sig", "code", "c", "f", "v", "s", "st"];

    /// <summary>The answer with the states that changed.</summary>
    /// <exception cref="TraceFormatException">It does not have the format.</exception>
    public static (TraceResult Result, IReadOnlyList<WindowState> Changes) Parse(FieldReader reader, JsonElement item,
        string field, OperationForm form)
    {
        reader.RequireKind(item, field, JsonValueKind.Object, "an answer: an object such as {\"e\":0}");
        TraceResult result = new();
        IReadOnlyList<WindowState> changes = [];
        foreach (JsonProperty member in item.EnumerateObject())
        {
            string path = $"{field}.{member.Name}";
            if (member.Name == "st")
            {
                changes = StateParser.Parse(reader, member.Value, path);
            }
            else
            {
                result = Bind(reader, result, member, path, form);
            }
        }

        string has = Names(result);
        string[] allowed = AllowedNames(form.Shape, result.Error is > 0);
        return allowed.Contains(has)
            ? (result, changes)
            : throw reader.Error(
                field,
                $"has the fields '{has}'",
                $"one of '{string.Join("', '", allowed)}' as the answer of {form.Word}");
    }

    private static TraceResult Bind(FieldReader reader, TraceResult result, JsonProperty member, string path, OperationForm form)
    {
        int Number(int least, int most, string meaning) => (int)reader.Integer(member.Value, path, least, most, meaning);
        return member.Name switch
        {
            "skip" => result with { IsSkipped = Number(1, 1, "the mark of a slot without process") == 1 },
            "e" => result with { Error = Number(0, ErrorAtMost, "an error number") },
            "sig" => result with { Signal = Number(1, SignalAtMost, "a signal") },
            "code" => result with { Code = Number(1, byte.MaxValue, "the code of a signal") },
            "c" => result with { PageCount = Number(0, TraceScript.WindowPages, "a number of pages") },
            "f" => result with { FaultCount = Number(0, TraceScript.WindowPages, "a number of device faults") },
            "v" => result with { Values = Values(reader, member.Value, path, form.Shape) },
            "s" => result with { Permissions = Permissions(reader, member.Value, path) },
            _ => throw reader.Error(path, "is no field of an answer",
                $"one of {string.Join(", ", Fields)}{Spelling.Suggest(member.Name, Fields)}"),
        };
    }

    private static ulong[] Values(FieldReader reader, JsonElement value, string path, ResultShape shape)
    {
        if (shape is ResultShape.LoadedValue or ResultShape.CopiedValue)
        {
            return [reader.Value(value, path)];
        }

        reader.RequireKind(value, path, JsonValueKind.Array, "a list of values, one for each page");
        ulong[] values = new ulong[value.GetArrayLength()];
        int i = 0;
        foreach (JsonElement element in value.EnumerateArray())
        {
            values[i] = element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out ulong number)
                ? number
                : reader.Value(element, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
            i++;
        }

        return values;
    }

    private static byte[] Permissions(FieldReader reader, JsonElement value, string path)
    {
        const string Meaning = "bytes of permissions, two hexadecimal digits a page";
        string text = reader.Text(value, path, Meaning);
        return text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw reader.Error(path, FieldReader.Describe(value), Meaning);
    }

    private static string Names(TraceResult result) => string.Join(
        ' ',
        new[]
        {
            result.IsSkipped ? "skip" : null, result.Error is null ? null : "e", result.Signal is null ? null : "sig",
            result.Code is null ? null : "code", result.PageCount is null ? null : "c", result.FaultCount is null ? null : "f",
            result.Values is null ? null : "v", result.Permissions is null ? null : "s",
        }.OfType<string>());

    private static string[] AllowedNames(ResultShape shape, bool isFailed)
    {
        if (isFailed)
        {
            return ["e"];
        }

        return shape switch
        {
            ResultShape.Error => ["e", "skip"],
            ResultShape.LoadedValue => ["v", "sig code", "skip"],
            ResultShape.Stored => ["e", "sig code", "skip"],
            ResultShape.CopiedValue => ["e v", "skip"],
            ResultShape.Values => ["e v", "skip"],
            ResultShape.Count => ["e c", "skip"],
            ResultShape.CountAndValues => ["e c v", "skip"],
            ResultShape.CountAndFaults => ["e c f", "skip"],
            ResultShape.CountFaultsAndValues => ["e c f v", "skip"],
            ResultShape.CountAndPermissions => ["e c s", "skip"],
        };
    }
}
