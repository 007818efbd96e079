using System.Text.Json;
using HmmSim.Conformance.Systems;

namespace HmmSim.Conformance.Traces;

/// <summary>Reads the states that changed with an operation (<c>st</c>).</summary>
internal static class StateParser
{
    private const string KeyMeaning = "slot and buffer, such as 0.1";
    private const string ValueMeaning = "PTES|S0|S1, two characters a page in each, S0 and S1 empty or as long as PTES";

    public static IReadOnlyList<WindowState> Parse(FieldReader reader, JsonElement value, string field)
    {
        reader.RequireKind(value, field, JsonValueKind.Object, "an object with a state for each slot and buffer");
        List<WindowState> states = [];
        foreach (JsonProperty member in value.EnumerateObject())
        {
            states.Add(ParseOne(reader, member, FieldReader.Join(field, member.Name)));
        }

        return states;
    }

    private static WindowState ParseOne(FieldReader reader, JsonProperty member, string field)
    {
        string key = member.Name;
        if (key.Length != 3 || key[1] != '.' || key[0] is < '0' or >= (char)('0' + TraceScript.ProcessSlots)
            || key[2] is < '0' or >= (char)('0' + TraceScript.Windows))
        {
            throw reader.Error(field, "is no key of a state", KeyMeaning);
        }

        string[] parts = reader.Text(member.Value, field, ValueMeaning).Split('|');
        if (parts.Length != 3 || parts[0].Length == 0 || parts[0].Length % 2 != 0
            || parts[0].Length > 2 * TraceScript.WindowPages)
        {
            throw reader.Error(field, FieldReader.Describe(member.Value), ValueMeaning);
        }

        for (int i = 0; i < parts[0].Length; i += 2)
        {
            if (!PageObservation.Letters.Contains(parts[0][i], StringComparison.Ordinal))
            {
                throw reader.Error(field, $"has '{parts[0][i]}' for page {i / 2}",
                    $"one of the letters {PageObservation.Letters}");
            }
        }

        for (int part = 1; part < parts.Length; part++)
        {
            string bytes = parts[part];
            if ((bytes.Length != 0 && bytes.Length != parts[0].Length) || !bytes.All(letter => char.IsAsciiHexDigitLower(letter)))
            {
                throw reader.Error(field, FieldReader.Describe(member.Value), ValueMeaning);
            }
        }

        return new WindowState(key[0] - '0', key[2] - '0', parts[0], parts[1], parts[2]);
    }
}
