using System.Globalization;
using System.Text.Json;

namespace HmmSim.Conformance.Traces;

/// <summary>Reads values of one line and says where it is when one is wrong.</summary>
internal sealed class FieldReader(string file, long line)
{
    private const int QuotedAtMost = 40;

    public TraceFormatException Error(string field, string problem, string expected) => new(file, line, field, problem, expected);

    /// <summary>A member that must be there.</summary>
    public JsonElement Member(JsonElement parent, string path, string name, string meaning) =>
        parent.TryGetProperty(name, out JsonElement value) ? value : throw Error(Join(path, name), "is missing", meaning);

    public void RequireKind(JsonElement value, string field, JsonValueKind kind, string meaning)
    {
        if (value.ValueKind != kind)
        {
            throw Error(field, Describe(value), meaning);
        }
    }

    /// <summary>A whole number inside a range.</summary>
    public long Integer(JsonElement value, string field, long least, long most, string meaning)
    {
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw Error(field, Describe(value), string.Create(CultureInfo.InvariantCulture, $"{meaning}, {least} to {most}"));
    }

    /// <summary>A whole number of 64 bits without sign.</summary>
    public ulong Value(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number)
            ? number
            : throw Error(field, Describe(value), $"the value of a page, a whole number from 0 to {ulong.MaxValue}");

    /// <summary>A text.</summary>
    public string Text(JsonElement value, string field, string meaning)
    {
        RequireKind(value, field, JsonValueKind.String, meaning);
        return value.GetString()!;
    }

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>The value as it stands in the file, shortened.</summary>
    public static string Describe(JsonElement value)
    {
        string text = value.GetRawText();
        return $"is {(text.Length <= QuotedAtMost ? text : $"{text[..QuotedAtMost]}...")}";
    }
}
